"""Compiled programs by what made them: sources, command, toolchain. Size-capped, on disk.

Only successes are kept. An entry that is not whole is discarded, never run.
"""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from judge.languages.entry import Prepared
from judge.languages.registry import Installed

_DIGEST_BYTES = 32
_LARGEST_ENTRY_BYTES = 16 << 20


class CachedFile(msgspec.Struct, frozen=True):
    """One file that the compiler made."""

    name: str
    content: bytes


class CachedProgram(msgspec.Struct, frozen=True):
    """What a compilation gave."""

    files: list[CachedFile]
    output: str
    cpu_time_ms: int
    wall_time_ms: int


_DECODER = msgspec.msgpack.Decoder(CachedProgram)


def key_of(language: Installed, argv: Sequence[str], prepared: Prepared) -> str:
    """A hash of everything that a compilation depends on."""
    compile_step = language.data.compile
    parts = {
        "argv": list(argv),
        "environment": dict(compile_step.environment) if compile_step else {},
        "toolchain": language.toolchain,
        "main": [prepared.main, prepared.main_class],
        "files": sorted((file.name, file.content) for file in prepared.files),
    }
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()


class CompileCache:
    """One file for each program in one folder. Safe to use from several threads."""

    def __init__(self, folder: Path, capacity_bytes: int) -> None:
        self._folder = folder
        self._capacity_bytes = capacity_bytes
        self._lock = threading.Lock()
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._total = 0
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns):
            if len(path.name) == 2 * _DIGEST_BYTES:
                self._note(path.name, path.stat().st_size)
            else:
                path.unlink(missing_ok=True)
        self._evict()

    def get(self, key: str) -> CachedProgram | None:
        """The program, None when it is not here or not whole."""
        with self._lock:
            if key not in self._sizes:
                return None
            self._sizes.move_to_end(key)
        with suppress(OSError, msgspec.DecodeError):
            raw = (self._folder / key).read_bytes()
            if hashlib.sha256(raw[_DIGEST_BYTES:]).digest() == raw[:_DIGEST_BYTES]:
                return _DECODER.decode(memoryview(raw)[_DIGEST_BYTES:])
        self._forget(key)
        return None

    def put(self, key: str, program: CachedProgram) -> None:
        """Keep it, unless it is very large."""
        body = msgspec.msgpack.encode(program)
        if len(body) > min(_LARGEST_ENTRY_BYTES, self._capacity_bytes):
            return
        unfinished = self._folder / f"new-{os.getpid()}-{threading.get_ident()}"
        unfinished.write_bytes(hashlib.sha256(body).digest() + body)
        unfinished.replace(self._folder / key)
        with self._lock:
            self._note(key, len(body) + _DIGEST_BYTES)
        self._evict()

    def _note(self, key: str, size: int) -> None:
        self._total += size - self._sizes.pop(key, 0)
        self._sizes[key] = size

    def _evict(self) -> None:
        while self._total > self._capacity_bytes and self._sizes:
            self._forget(next(iter(self._sizes)))

    def _forget(self, key: str) -> None:
        with self._lock:
            self._total -= self._sizes.pop(key, 0)
        (self._folder / key).unlink(missing_ok=True)
