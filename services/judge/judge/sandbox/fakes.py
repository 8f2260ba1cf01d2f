"""A sandbox in memory for tests of everything above it: outcomes are scripted, nothing runs."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from judge.sandbox.descriptors import read_start, sealed_memory
from judge.sandbox.interface import (
    CollectedFile,
    CollectProblem,
    Command,
    NoSlotFreeError,
    Outcome,
    PoolHealth,
    Report,
    Slot,
)

_READ_AT_MOST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Scripted:
    """What a fake run does: bytes it writes, files it leaves in the box, how it ends."""

    report: Report = field(default_factory=lambda: Report(Outcome.EXITED, exit_code=0))
    stdout: bytes = b""
    stderr: bytes = b""
    leaves: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeenRun:
    """A run as a fake saw it: the command, and what its descriptors held when it started."""

    command: Command
    stdin: bytes
    files: Mapping[str, bytes]


Behaviour: TypeAlias = Callable[[SeenRun], Scripted]


def exits_with_success(_run: SeenRun) -> Scripted:
    """The dull behaviour: exit code 0, no output."""
    return Scripted()


class FakeSlot:
    """One fake place; keeps box contents between runs exactly when a real one would."""

    def __init__(self, index: int, behaviour: Behaviour, seen: list[SeenRun]) -> None:
        self._index = index
        self._behaviour = behaviour
        self._seen = seen
        self._box: dict[str, bytes] = {}
        self.cancelled = threading.Event()

    @property
    def index(self) -> int:
        """Which slot of the pool this is."""
        return self._index

    def run(self, command: Command) -> Report:
        """Do what the behaviour says for this command."""
        self._box.update({f.name: _content(f.descriptor) for f in command.files})
        stdin = b"" if command.stdin is None else _stdin_content(command.stdin)
        run = SeenRun(command, stdin, dict(self._box))
        self._seen.append(run)
        scripted = self._behaviour(run)
        _emit(command.stdout, scripted.stdout)
        _emit(command.stderr, scripted.stderr)
        self._box.update(scripted.leaves)
        collected = tuple(self._collected(command)) or scripted.report.collected
        if not command.keep_box:
            self._box.clear()
        if self.cancelled.is_set():
            return Report(Outcome.CANCELLED)
        return replace(scripted.report, collected=collected)

    def cancel(self) -> None:
        """The current run will report CANCELLED."""
        self.cancelled.set()

    def wipe(self) -> None:
        """Forget everything, as when a slot is given back."""
        self._box.clear()
        self.cancelled.clear()

    def _collected(self, command: Command) -> Iterator[CollectedFile]:
        for want in command.collect:
            prefix = "" if want.name == "." else want.name + "/"
            names = (
                [name for name in sorted(self._box) if name.startswith(prefix)]
                if want.tree
                else [want.name]
            )
            for name in names:
                yield self._collected_one(name, want.max_kib)

    def _collected_one(self, name: str, max_kib: int) -> CollectedFile:
        content = self._box.get(name)
        if content is None:
            return CollectedFile(name, None, problem=CollectProblem.ABSENT)
        if len(content) > max_kib * 1024:
            return CollectedFile(name, None, problem=CollectProblem.TOO_LARGE)
        return CollectedFile(name, sealed_memory(content), len(content))


class FakeSlotPool:
    """Hands out fake slots and remembers every run in `runs`, in order."""

    def __init__(self, behaviour: Behaviour = exits_with_success, size: int = 2) -> None:
        self.runs: list[SeenRun] = []
        self._size = size
        self._condition = threading.Condition()
        self._free = [FakeSlot(index, behaviour, self.runs) for index in range(size)]
        self.closed = False

    @property
    def size(self) -> int:
        """How many slots there are."""
        return self._size

    @contextmanager
    def acquire(self, timeout_s: float | None = None) -> Iterator[Slot]:
        """Hold one slot."""
        with self.acquire_many(1, timeout_s) as slots:
            yield slots[0]

    @contextmanager
    def acquire_many(
        self, count: int, timeout_s: float | None = None
    ) -> Iterator[tuple[Slot, ...]]:
        """Hold several slots at once."""
        with self._condition:
            if not self._condition.wait_for(lambda: len(self._free) >= count, timeout_s):
                message = f"{count} slots were not free within {timeout_s} s"
                raise NoSlotFreeError(message)
            taken = [self._free.pop(0) for _ in range(count)]
        with ExitStack() as stack:
            stack.callback(self._release, taken)
            yield tuple(taken)

    def health(self) -> PoolHealth:
        """A healthy report."""
        with self._condition:
            busy = self._size - len(self._free)
        return PoolHealth("fake", self._size, busy, 0, len(self.runs))

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True

    def _release(self, taken: list[FakeSlot]) -> None:
        with self._condition:
            for slot in taken:
                slot.wipe()
            self._free.extend(taken)
            self._condition.notify_all()


def _content(descriptor: int) -> bytes:
    return read_start(descriptor, _READ_AT_MOST_BYTES)


def _stdin_content(descriptor: int) -> bytes:
    if os.fstat(descriptor).st_size:
        return _content(descriptor)
    return b""


def _emit(descriptor: int | None, content: bytes) -> None:
    if descriptor is not None and content:
        os.write(descriptor, content)
