"""Files that a reader makes out of others: texts within XML, and a zip within a zip.

Their contents are on disk, so that a package of many tests needs no more memory than a small one.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from api.packages.faults import Faults
from api.packages.files import PIECE, Bounds, DamagedFileError, PackageFiles, ZipFiles

MAX_MADE_BYTES: Final = 1 << 30


def _spool_of(owner: object) -> IO[bytes]:
    """Return a file without a name that is closed as soon as nobody reads its owner any more."""
    spool: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by its owner's end
    weakref.finalize(owner, spool.close)
    return spool


class MadeFiles:
    """A package's files and further ones."""

    def __init__(self, base: PackageFiles) -> None:
        self._base = base
        self.name_hint = base.name_hint
        self.sizes = dict(base.sizes)
        self._spool = _spool_of(self)
        self._places: dict[str, int] = {}
        self._end = 0

    def add(self, path: str, content: bytes) -> bool:
        """Add a file; False when there would be too much of them."""
        if self._end + len(content) > MAX_MADE_BYTES:
            return False
        self._spool.seek(self._end)
        self._spool.write(content)
        self._places[path] = self._end
        self.sizes[path] = len(content)
        self._end += len(content)
        return True

    def open(self, path: str) -> Iterator[bytes]:
        """Read it piece by piece."""
        if path not in self._places:
            yield from self._base.open(path)
            return
        at, left = self._places[path], self.sizes[path]
        while left > 0:
            self._spool.seek(at)
            piece = self._spool.read(min(PIECE, left))
            yield piece
            at += len(piece)
            left -= len(piece)


class NestedFiles:
    """A package's files and, beneath the path of a zip among them, the files of that zip."""

    def __init__(self, base: PackageFiles, archive: str, faults: Faults) -> None:
        self._base, self._prefix = base, f"{archive}/"
        self.name_hint = base.name_hint
        self.sizes = dict(base.sizes)
        self._inner: ZipFiles | None = None
        spool = _spool_of(self)
        try:
            for piece in base.open(archive):
                spool.write(piece)
        except DamagedFileError:
            faults.error("damaged", archive)
            return
        spool.seek(0)
        self._inner = ZipFiles(spool, archive, faults)
        for path, size in self._inner.sizes.items():
            self.sizes[self._prefix + path] = size

    def open(self, path: str) -> Iterator[bytes]:
        """Read it piece by piece."""
        if self._inner is not None and path.startswith(self._prefix):
            return self._inner.open(path.removeprefix(self._prefix))
        return self._base.open(path)


class LoneFile:
    """A document that came without a zip around it."""

    def __init__(self, file: IO[bytes], filename: str, faults: Faults) -> None:
        self._file = file
        self.name_hint = Path(filename).stem
        name = Path(filename).name[:200] or "fps.xml"
        self._path = name if name.lower().endswith(".xml") else f"{name}.xml"
        size = file.seek(0, 2)
        self.sizes = {self._path: size}
        if size > Bounds().file_bytes:
            faults.error("file_too_large", self._path, limit=Bounds().file_bytes >> 20)

    def open(self, path: str) -> Iterator[bytes]:
        """Read it piece by piece."""
        if path != self._path:
            raise DamagedFileError(path)
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece
