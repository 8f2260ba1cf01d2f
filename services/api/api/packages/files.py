"""The files of a package, from a zip or a folder, in bounded memory.

Nothing is unpacked to disk and no path of the package is ever opened as a path of this machine
except beneath the given folder, so a hostile name has nothing to aim at; it is refused all the
same, because a package with one is broken or malicious.
"""

from __future__ import annotations

import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, Protocol

from api.packages.faults import Faults

PIECE: Final = 1 << 20
GOOD_NAME: Final = re.compile(r"^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}$")
MAX_LINK_DEPTH: Final = 8


@dataclass(frozen=True)
class Bounds:
    """How much a package may hold."""

    entries: int = 20_000
    file_bytes: int = 512 << 20
    total_bytes: int = 2 << 30
    directory_bytes: int = 4 << 20
    """Size of a zip's central directory: Python reads it whole, at about 600 bytes an entry."""
    path_length: int = 1000


class DamagedFileError(Exception):
    """A file of the package cannot be read; `path` names it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class PackageFiles(Protocol):
    """A package's files by their paths within it, links followed, ignorable names left out."""

    sizes: dict[str, int]
    name_hint: str

    def open(self, path: str) -> Iterator[bytes]:
        """Yield a file's content in pieces of 1 MiB at most.

        Raises:
            DamagedFileError: it cannot be decompressed, or is not what the package said.

        """
        ...


@dataclass
class _Names:
    """Checks the names of a package as they come and keeps the good files."""

    bounds: Bounds
    faults: Faults
    sizes: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)
    _total: int = 0

    def add(self, path: str, size: int) -> bool:
        """Take a file in; False when it is refused or ignored."""
        if not self._name_is_safe(path) or not self._is_kept(path):
            return False
        if not self._is_new(path):
            return False
        self._total += size
        if size > self.bounds.file_bytes:
            self.faults.error("file_too_large", path, limit=self.bounds.file_bytes >> 20)
            return False
        if self._total > self.bounds.total_bytes:
            self.faults.error("package_too_large", "", limit=self.bounds.total_bytes >> 20)
            return False
        self.sizes[path] = size
        return True

    def _name_is_safe(self, path: str) -> bool:
        parts = path.split("/")
        unsafe = (
            path.startswith("/")
            or "\\" in path
            or ":" in parts[0]
            or ".." in parts
            or any(ord(character) < ord(" ") for character in path)
        )
        if unsafe or len(path) > self.bounds.path_length:
            self.faults.error("unsafe_path", path[:200])
            return False
        return True

    def _is_kept(self, path: str) -> bool:
        bad = [part for part in path.split("/") if not GOOD_NAME.match(part)]
        if not bad:
            return True
        # `.timelimit` is the one dot file with a meaning; the rest is as if absent.
        if posixpath.basename(path) == ".timelimit":
            return True
        if not bad[0].startswith(".") and not path.startswith("__MACOSX"):
            self.faults.warn("name_ignored", path[:200])
        return False

    def _is_new(self, path: str) -> bool:
        folded = path.casefold()
        other = self._folded.setdefault(folded, path)
        if other != path:
            self.faults.error("names_clash", path, other=other)
        elif path in self.sizes or path in self.links:
            self.faults.error("name_twice", path)
        else:
            return self._folder_case_is_steady(path)
        return False

    def _folder_case_is_steady(self, path: str) -> bool:
        folder = posixpath.dirname(path)
        while folder:
            other = self._folded.setdefault(folder.casefold() + "/", folder)
            if other != folder:
                self.faults.error("names_clash", path, other=other)
                return False
            folder = posixpath.dirname(folder)
        return True

    def finish(self) -> None:
        """Look at what only the whole list tells."""
        for path in [path for path in self.sizes if f"{path.casefold()}/" in self._folded]:
            self.faults.error("names_clash", path, other=f"{path}/")

    def resolve_link(self, path: str) -> str | None:
        """Follow a link within the package to the file it means."""
        seen = path
        for _ in range(MAX_LINK_DEPTH):
            if seen in self.sizes:
                return seen
            if seen not in self.links:
                break
            target = self.links[seen]
            seen = posixpath.normpath(posixpath.join(posixpath.dirname(seen), target))
            if target.startswith("/") or seen.startswith("../") or seen == "..":
                self.faults.error("link_leaves", path, target=target)
                return None
        self.faults.error("link_broken", path, target=self.links.get(path, ""))
        return None


class _GuardedFile:
    """Refuses one huge read: it is how `zipfile` takes the whole central directory at once."""

    def __init__(self, file: IO[bytes], limit: int) -> None:
        self._file, self._limit = file, limit

    def read(self, size: int = -1) -> bytes:
        # Without a size it reads the few bytes at the end of the file.
        content = self._file.read(self._limit + 1 if size < 0 else min(size, self._limit + 1))
        if len(content) > self._limit:
            raise zipfile.BadZipFile("directory too large")
        return content

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the file to its owner."""


class ZipFiles:
    """The files of a zip. The problem may stand at its root or in its one folder."""

    def __init__(
        self, file: IO[bytes], filename: str, faults: Faults, bounds: Bounds = Bounds()
    ) -> None:
        self.name_hint = Path(filename).stem
        self.sizes: dict[str, int] = {}
        self._members: dict[str, zipfile.ZipInfo] = {}
        try:
            guarded: IO[bytes] = _GuardedFile(file, bounds.directory_bytes)  # type: ignore[assignment]
            self._zip = zipfile.ZipFile(guarded)
            self._list(faults, bounds)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError):
            # ValueError: negative seeks and bad names in a forged directory.
            faults.error("not_a_zip", filename)

    def _list(self, faults: Faults, bounds: Bounds) -> None:
        members = self._zip.infolist()
        if len(members) > bounds.entries:
            faults.error("too_many_files", "", limit=bounds.entries)
            return
        names = _Names(bounds, faults)
        for member in members:
            self._list_member(member, names)
        names.finish()
        self._follow_links(names)
        root = _root_folder(self.sizes)
        if root:
            self.name_hint = root.rstrip("/")
            self.sizes = {path[len(root) :]: size for path, size in self.sizes.items()}
            self._members = {path[len(root) :]: info for path, info in self._members.items()}

    def _list_member(self, member: zipfile.ZipInfo, names: _Names) -> None:
        mode, path = member.external_attr >> 16, member.filename
        if path.endswith("/"):
            names._name_is_safe(path.rstrip("/"))  # noqa: SLF001 - a helper of this module
            return
        if member.flag_bits & 1:
            names.faults.error("encrypted", path)
        elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # The others can ask for gigabytes of dictionary in a few bytes.
            names.faults.error("compression_unknown", path)
        elif stat.S_ISLNK(mode):
            self._add_link(member, names)
        elif mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            names.faults.error("not_a_file", path)
        elif names.add(path, member.file_size):
            self._members[path] = member

    def _add_link(self, member: zipfile.ZipInfo, names: _Names) -> None:
        path = member.filename
        if member.file_size > names.bounds.path_length:
            names.faults.error("link_broken", path, target="…")
        elif names.add(path, member.file_size):
            del names.sizes[path]
            with self._zip.open(member) as stream:
                names.links[path] = stream.read(names.bounds.path_length).decode("utf-8", "replace")

    def _follow_links(self, names: _Names) -> None:
        for path in names.links:
            target = names.resolve_link(path)
            if target is not None:
                names.sizes[path] = names.sizes[target]
                self._members[path] = self._members[target]
        self.sizes = names.sizes

    def open(self, path: str) -> Iterator[bytes]:
        """Decompress as it is read; a wrong checksum shows at the end."""
        try:
            with self._zip.open(self._members[path]) as stream:
                while piece := stream.read(PIECE):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise DamagedFileError(path) from error


class FolderFiles:
    """The files beneath a folder of this machine, for the command line and the seed."""

    def __init__(self, folder: Path, faults: Faults, bounds: Bounds = Bounds()) -> None:
        self._folder = folder.resolve()
        self.name_hint = self._folder.name
        self.sizes: dict[str, int] = {}
        names = _Names(bounds, faults)
        for count, found in enumerate(sorted(self._folder.rglob("*"))):
            if count > bounds.entries:
                faults.error("too_many_files", "", limit=bounds.entries)
                return
            self._list_path(found, names)
        names.finish()
        self.sizes = names.sizes

    def _list_path(self, found: Path, names: _Names) -> None:
        path = found.relative_to(self._folder).as_posix()
        target = found.resolve()
        if found.is_symlink() and not target.is_relative_to(self._folder):
            names.faults.error("link_leaves", path, target=target)
        elif found.is_symlink() and not target.is_file():
            names.faults.error("link_broken", path, target=target)
        elif target.is_file():
            names.add(path, target.stat().st_size)
        elif not target.is_dir():
            names.faults.error("not_a_file", path)

    def open(self, path: str) -> Iterator[bytes]:
        """Read it piece by piece."""
        try:
            with (self._folder / path).open("rb") as stream:
                while piece := stream.read(PIECE):
                    yield piece
        except OSError as error:
            raise DamagedFileError(path) from error


def _root_folder(paths: dict[str, int]) -> str:
    """Return `name/` when the problem stands in the one folder of the zip, else nothing."""
    if "problem.yaml" in paths:
        return ""
    roots = {path.split("/", 1)[0] for path in paths}
    if len(roots) == 1 and f"{(root := roots.pop())}/problem.yaml" in paths:
        return f"{root}/"
    return ""


def read_small(files: PackageFiles, path: str, limit: int) -> bytes | None:
    """Return a file's content, or None when it is larger than `limit` bytes."""
    if files.sizes[path] > limit:
        return None
    return b"".join(files.open(path))
