"""The datagrams between the judge and boxd: the structs of boxd.h, packed and unpacked. No I/O."""

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag

from judge.sandbox.interface import CollectedFile, CollectProblem, Command

MAGIC = 0x31786F62
REPLY_MAX_BYTES = 160 * 1024
CONTROL_MAX_BYTES = 8192
MAX_DESCRIPTORS = 253

_REQUEST = struct.Struct("=2I Q 7Q 8I")
_SHORT_REQUEST = struct.Struct("=2I Q")
_FILE = struct.Struct("=2I")
_COLLECT = struct.Struct("=Q 2I")
_REPLY = struct.Struct("=2I Q 2i 6I 5Q 2Qq2Q 96s")
_COLLECTED = struct.Struct("=Q 2I")
REPLY_BYTES = _REPLY.size
_CONTROL = struct.Struct("=2I 2i")

_KIB = 1024
_MILLISECOND_US = 1000
_PROBLEMS = {
    1: CollectProblem.ABSENT,
    2: CollectProblem.NOT_REGULAR,
    3: CollectProblem.TOO_LARGE,
    4: CollectProblem.TOO_MANY,
}


class WireError(ValueError):
    """A datagram that does not add up."""


class RequestKind(IntEnum):
    """What a slot's init is asked."""

    RUN = 1
    CANCEL = 2
    WIPE = 3


class ControlKind(IntEnum):
    """What boxd is asked."""

    MAKE = 1
    DROP = 2
    DESCRIBE = 3


class RequestFlag(IntFlag):
    """Which descriptors come along, and whether /box stays."""

    STDIN = 1
    STDOUT = 2
    STDERR = 4
    EXECUTABLE = 8
    KEEP_BOX = 16


class ReplyFlag(IntFlag):
    """What init saw happen."""

    CPU_EXPIRED = 1
    WALL_EXPIRED = 2
    OUTPUT_EXCEEDED = 4
    CANCELLED = 8


@dataclass(frozen=True, slots=True)
class Measured:
    """One run as init measured it; `outcome.py` says what it means. Memory in bytes."""

    run_id: int
    broken_errno: int
    wait_status: int
    flags: ReplyFlag
    oom_kills: int
    processes_peak: int
    leftovers: int
    started_ns: int
    finished_ns: int
    cpu_ns: int
    user_us: int
    system_us: int
    memory_peak: int
    memory_start: int
    memory_file_change: int
    output_bytes: int
    maxrss: int
    reason: str
    collected: tuple[CollectedFile, ...]


@dataclass(frozen=True, slots=True)
class ControlReply:
    """What boxd answered."""

    kind: int
    index: int
    error: int
    text: str


def pack_run(run_id: int, command: Command) -> tuple[bytes, list[int]]:
    """The datagram and the descriptors that go with it."""
    limits = command.limits
    standard = (command.stdin, command.stdout, command.stderr, command.executable)
    flags = RequestFlag.KEEP_BOX if command.keep_box else RequestFlag(0)
    for bit, descriptor in enumerate(standard):
        if descriptor is not None:
            flags |= RequestFlag(1 << bit)
    texts = [
        *command.argv,
        *(f"{key}={value}" for key, value in command.environment.items()),
        *(file.name for file in command.files),
        *(want.name for want in command.collect),
    ]
    if any("\0" in text for text in texts):
        raise WireError("NUL in an argument, an environment value or a file name")
    text = "".join(f"{part}\0" for part in texts).encode("utf-8", "surrogateescape")
    head = _REQUEST.pack(
        MAGIC,
        RequestKind.RUN,
        run_id,
        limits.cpu_time_ms * _MILLISECOND_US,
        limits.effective_wall_time_ms * _MILLISECOND_US,
        limits.memory_kib * _KIB,
        limits.output_kib * _KIB,
        limits.effective_stack_kib * _KIB,
        limits.box_kib * _KIB,
        limits.box_inodes,
        limits.processes,
        limits.open_files,
        len(command.argv),
        len(command.environment),
        len(command.files),
        len(command.collect),
        flags,
        len(text),
    )
    entries = [_FILE.pack(file.mode, 0) for file in command.files]
    entries += [_COLLECT.pack(want.max_kib * _KIB, want.tree, 0) for want in command.collect]
    descriptors = [descriptor for descriptor in standard if descriptor is not None]
    descriptors += [file.descriptor for file in command.files]
    return b"".join((head, *entries, text)), descriptors


def pack_short(kind: RequestKind, run_id: int = 0) -> bytes:
    """A datagram without limits: cancel or wipe."""
    return _SHORT_REQUEST.pack(MAGIC, kind, run_id)


def unpack_reply(message: bytes, descriptors: list[int]) -> Measured:
    """The reply; its descriptors are handed on inside `collected`."""
    if len(message) < _REPLY.size:
        raise WireError("the reply is too short")
    fields = _REPLY.unpack_from(message)
    if fields[0] != MAGIC:
        raise WireError("the reply is not boxd's")
    (run_id, broken_errno, wait_status, flags, oom_kills, processes_peak, leftovers) = fields[2:9]
    (started_ns, finished_ns, cpu_ns, user_us, system_us) = fields[11:16]
    (memory_peak, memory_start, memory_file_change, output_bytes, maxrss) = fields[16:21]
    return Measured(
        run_id=run_id,
        broken_errno=broken_errno,
        wait_status=wait_status,
        flags=ReplyFlag(flags),
        oom_kills=oom_kills,
        processes_peak=processes_peak,
        leftovers=leftovers,
        started_ns=started_ns,
        finished_ns=finished_ns,
        cpu_ns=cpu_ns,
        user_us=user_us,
        system_us=system_us,
        memory_peak=memory_peak,
        memory_start=memory_start,
        memory_file_change=memory_file_change,
        output_bytes=output_bytes,
        maxrss=maxrss,
        reason=fields[21].split(b"\0", 1)[0].decode("utf-8", "replace"),
        collected=_collected(message, fields[9], descriptors),
    )


def _collected(message: bytes, count: int, descriptors: list[int]) -> tuple[CollectedFile, ...]:
    names_at = _REPLY.size + count * _COLLECTED.size
    if names_at > len(message):
        raise WireError("the reply ends inside its entries")
    names = message[names_at:].split(b"\0")
    entries = list(_COLLECTED.iter_unpack(message[_REPLY.size : names_at]))
    if len(names) != count + 1 or sum(bool(has) for _, _, has in entries) != len(descriptors):
        raise WireError("names or descriptors do not match the entries")
    if any(problem and problem not in _PROBLEMS for _, problem, _ in entries):
        raise WireError("an entry has an unknown problem")
    left = iter(descriptors)
    return tuple(
        CollectedFile(
            name.decode("utf-8", "surrogateescape"),
            next(left) if has else None,
            size,
            _PROBLEMS[problem] if problem else None,
        )
        for name, (size, problem, has) in zip(names, entries, strict=False)
    )


def pack_control(kind: ControlKind, index: int = 0, cpu: int = -1) -> bytes:
    """A request to boxd itself."""
    return _CONTROL.pack(MAGIC, kind, index, cpu)


def unpack_control(message: bytes) -> ControlReply:
    """Boxd's answer."""
    if len(message) < _CONTROL.size:
        raise WireError("boxd's answer is too short")
    magic, kind, index, error = _CONTROL.unpack_from(message)
    if magic != MAGIC:
        raise WireError("the answer is not boxd's")
    return ControlReply(kind, index, error, message[_CONTROL.size :].decode("utf-8", "replace"))
