"""Descriptors fit to be handed to a box: sealed memory for inputs, plain memory for outputs."""

import fcntl
import os
from collections.abc import Iterable

_CHUNK_BYTES = 1 << 20
_ALL_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL


def sealed_memory(content: bytes | int, name: str = "file") -> int:
    """A read-only memfd with these bytes, or with all that a descriptor holds from offset 0.

    Sealed, so a program that opens it again through /proc cannot write to it; mode 0555, so it
    can be executed. The caller closes it.
    """
    descriptor = os.memfd_create(name, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        if isinstance(content, int):
            _copy(content, descriptor)
        else:
            _write(descriptor, content)
        os.fchmod(descriptor, 0o555)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _ALL_SEALS)
        os.lseek(descriptor, 0, os.SEEK_SET)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def output_memory(name: str = "output") -> int:
    """An empty memfd for a program's stdout or stderr. The caller closes it."""
    return os.memfd_create(name, os.MFD_CLOEXEC)


def fresh_reader(descriptor: int) -> int:
    """The same file opened again for reading: an offset of its own, at 0. The caller closes it."""
    return os.open(f"/proc/self/fd/{descriptor}", os.O_RDONLY | os.O_CLOEXEC)


def read_start(descriptor: int, at_most_bytes: int) -> bytes:
    """The first bytes of a file, without moving its offset."""
    parts: list[bytes] = []
    offset = 0
    while offset < at_most_bytes:
        part = os.pread(descriptor, min(_CHUNK_BYTES, at_most_bytes - offset), offset)
        if not part:
            break
        parts.append(part)
        offset += len(part)
    return b"".join(parts)


def close_all(descriptors: Iterable[int]) -> None:
    """Close each of them."""
    for descriptor in descriptors:
        os.close(descriptor)


def _write(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def _copy(source: int, target: int) -> None:
    offset = 0
    while sent := os.sendfile(target, source, offset, _CHUNK_BYTES):
        offset += sent
