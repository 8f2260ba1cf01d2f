"""The port behind which files are kept by their content. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from contracts.judging import Blob


class BlobNotFoundError(LookupError):
    """No blob has this SHA-256; the argument is the hash that was asked for."""


class BlobStore(Protocol):
    """Keeps each content once, under the lower-case hex SHA-256 of its bytes.

    Contents come and go as streams of pieces of any size, so that a file of hundreds of megabytes
    never stands in memory. A blob never changes and `put` of known content stores nothing.
    """

    def put(self, content: Iterable[bytes]) -> Blob:
        """Store the content and return its hash and size."""
        ...

    def read(self, sha256: str) -> Iterator[bytes]:
        """Yield the content in pieces.

        Raises:
            BlobNotFoundError: at the first piece, when there is no such blob.

        """
        ...

    def find(self, sha256: str) -> Blob | None:
        """Return the blob's hash and size, or None."""
        ...


def read_all(blobs: BlobStore, sha256: str) -> bytes:
    """Return a whole content; for blobs known to be small, such as samples."""
    return b"".join(blobs.read(sha256))
