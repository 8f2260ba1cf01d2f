"""A blob store in memory for tests; passes the same conformance suite as the real one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from api.testdata.ports import BlobNotFoundError
from contracts.judging import Blob


class MemoryBlobStore:
    """`BlobStore` over a dict."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def put(self, content: Iterable[bytes]) -> Blob:
        """Keep the content."""
        whole = b"".join(content)
        sha256 = hashlib.sha256(whole).hexdigest()
        self.contents[sha256] = whole
        return Blob(sha256=sha256, size=len(whole))

    def read(self, sha256: str) -> Iterator[bytes]:
        """Yield the content as one piece."""
        if sha256 not in self.contents:
            raise BlobNotFoundError(sha256)
        if self.contents[sha256]:
            yield self.contents[sha256]

    def find(self, sha256: str) -> Blob | None:
        """Look it up."""
        if sha256 not in self.contents:
            return None
        return Blob(sha256=sha256, size=len(self.contents[sha256]))
