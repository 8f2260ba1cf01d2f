"""Test data by hash: a size-capped cache on disk that forgets what was used longest ago.

An entry is trusted only after its bytes were hashed by this process; files in use are pinned.
"""

import hashlib
import os
import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from contracts.judging import Blob
from judge.errors import BlobRefusedError, BlobsMissingError

_NAME = re.compile(r"[0-9a-f]{64}")
_CHUNK_BYTES = 1 << 20


def is_blob_name(text: str) -> bool:
    """Whether this is a lower-case hex SHA-256."""
    return _NAME.fullmatch(text) is not None


class BlobWriter:
    """One upload on its way: bytes go to a temporary file, which becomes an entry if they fit."""

    def __init__(self, cache: "BlobCache", sha256: str, path: Path, most_bytes: int) -> None:
        self._cache = cache
        self._sha256 = sha256
        self._path = path
        self._most_bytes = most_bytes
        self._hash = hashlib.sha256()
        self._size = 0
        self._file = path.open("wb")

    def write(self, chunk: bytes) -> None:
        """Add bytes; raises BlobRefusedError when there are more than the cache can hold."""
        self._size += len(chunk)
        if self._size > self._most_bytes:
            raise BlobRefusedError(f"more than {self._most_bytes} bytes")
        self._hash.update(chunk)
        self._file.write(chunk)

    def commit(self) -> None:
        """Make it an entry, or raise BlobRefusedError when the hash is another one."""
        self._file.close()
        if self._hash.hexdigest() != self._sha256:
            raise BlobRefusedError("the content has another SHA-256 than its address")
        self._cache.adopt(self._sha256, self._path, self._size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


class BlobCache:
    """Files by SHA-256 in one folder. Safe to use from several threads."""

    def __init__(self, folder: Path, capacity_bytes: int) -> None:
        self._folder = folder
        self._capacity_bytes = capacity_bytes
        self._lock = threading.Lock()
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._verified: set[str] = set()
        self._pins: Counter[str] = Counter()
        self._total = 0
        self._uploads = 0
        folder.mkdir(parents=True, exist_ok=True)
        self._read_folder()

    @property
    def total_bytes(self) -> int:
        """Bytes of all entries."""
        return self._total

    def missing(self, names: Iterable[str]) -> list[str]:
        """Which of these are not here, each once."""
        with self._lock:
            return [name for name in dict.fromkeys(names) if name not in self._sizes]

    def writer(self, sha256: str) -> BlobWriter:
        """Start an upload; use it as a context manager and `commit`."""
        with self._lock:
            self._uploads += 1
            number = self._uploads
        path = self._folder / f"upload-{os.getpid()}-{number}"
        return BlobWriter(self, sha256, path, self._capacity_bytes)

    def adopt(self, sha256: str, path: Path, size: int) -> None:
        """Take over a file whose hash was checked while it was written."""
        path.chmod(0o400)
        with self._lock:
            path.replace(self._folder / sha256)
            self._total += size - self._sizes.pop(sha256, 0)
            self._sizes[sha256] = size
            self._verified.add(sha256)
            self._evict(keep=sha256)

    @contextmanager
    def pinned(self, blobs: Iterable[Blob]) -> Iterator[None]:
        """Keep these entries while the block runs; raises BlobsMissingError for those not here."""
        wanted = {blob.sha256: blob.size for blob in blobs}
        with self._lock:
            for name in wanted:
                if name in self._sizes:
                    self._sizes.move_to_end(name)
            self._pins.update(wanted)
        try:
            missing = [name for name, size in wanted.items() if not self._is_sound(name, size)]
            if missing:
                raise BlobsMissingError(missing)
            yield
        finally:
            with self._lock:
                self._pins.subtract(wanted)
                self._pins += Counter()
                self._evict()

    def open(self, sha256: str) -> int:
        """A descriptor to read a pinned entry. The caller closes it."""
        return os.open(self._folder / sha256, os.O_RDONLY | os.O_CLOEXEC)

    def open_nameless(self, sha256: str) -> int:
        """Like `open`, but the name that /proc shows for it says nothing about the content."""
        with self._lock:
            self._uploads += 1
            neutral = self._folder / f"input-{self._uploads}"
        neutral.unlink(missing_ok=True)
        neutral.hardlink_to(self._folder / sha256)
        try:
            return os.open(neutral, os.O_RDONLY | os.O_CLOEXEC)
        finally:
            neutral.unlink()

    def _is_sound(self, name: str, size: int) -> bool:
        """Whether the entry is here with this size; hashes it when this process has not yet."""
        path = self._folder / name
        try:
            if path.stat().st_size == size and (name in self._verified or _sha256_of(path) == name):
                with self._lock:
                    self._verified.add(name)
                    return name in self._sizes
        except OSError:
            pass  # vanished or unreadable: the same as wrong
        with self._lock:
            self._forget(name)
        return False

    def _read_folder(self) -> None:
        found: list[tuple[int, str, int]] = []
        for path in self._folder.iterdir():
            if is_blob_name(path.name):
                status = path.stat()
                found.append((status.st_mtime_ns, path.name, status.st_size))
            else:
                path.unlink(missing_ok=True)  # an upload or a link that a crash left behind
        for _, name, size in sorted(found):
            self._sizes[name] = size
            self._total += size
        self._evict()

    def _evict(self, keep: str | None = None) -> None:
        if self._total <= self._capacity_bytes:
            return
        for name in list(self._sizes):
            if self._total <= self._capacity_bytes:
                return
            if name != keep and not self._pins[name]:
                self._forget(name)

    def _forget(self, name: str) -> None:
        self._total -= self._sizes.pop(name, 0)
        self._verified.discard(name)
        with suppress(OSError):
            (self._folder / name).unlink(missing_ok=True)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
