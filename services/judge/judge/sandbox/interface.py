"""What the judge asks of a sandbox and what it is told: values and ports only.

Knows no kernel interface; `pool.py` fulfils these ports with boxd, `fakes.py` in memory.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from judge.sandbox.descriptors import close_all


class SandboxError(Exception):
    """Our machinery's fault: never a verdict on a program."""


class NoSlotFreeError(SandboxError):
    """Every slot was busy for as long as the caller was ready to wait."""


class SandboxUnavailableError(SandboxError):
    """The host cannot box programs, or boxd is gone and could not be started again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use.

    `cpu_time_ms` is user plus system time of all its processes together. `wall_time_ms` None
    means 2 x cpu + 1000; time that the program waited for a core does not count. `memory_kib` is
    the peak of all its processes, files that it keeps in /box and /tmp included. `output_kib`
    caps stdout and stderr each, and any file it writes. `processes` counts processes and threads
    together. `stack_kib` None means as much as memory. `box_kib` and `box_inodes` cap /box; /tmp
    has the same caps again.
    """

    cpu_time_ms: int
    memory_kib: int
    wall_time_ms: int | None = None
    output_kib: int = 64 * 1024
    processes: int = 1
    open_files: int = 64
    stack_kib: int | None = None
    box_kib: int = 64 * 1024
    box_inodes: int = 4096

    @property
    def effective_wall_time_ms(self) -> int:
        """The wall limit that holds, the default filled in."""
        if self.wall_time_ms is None:
            return 2 * self.cpu_time_ms + 1000
        return self.wall_time_ms

    @property
    def effective_stack_kib(self) -> int:
        """The stack limit that holds, the default filled in."""
        return self.memory_kib if self.stack_kib is None else self.stack_kib


@dataclass(frozen=True, slots=True)
class BoxFile:
    """A file that the slot's init writes into /box before the program starts.

    `descriptor` is read from offset 0 to its end (a regular file or memfd; its own offset is not
    moved, so one descriptor may serve many runs). `name` is relative to /box and may name
    directories, which are made. The file belongs to the box's init: the program can read it
    (and, by `mode`, run it), and can unlink it from its own box, but not write to it.
    """

    descriptor: int
    name: str
    mode: int = 0o444


@dataclass(frozen=True, slots=True)
class Collect:
    """A file of /box wanted after the run.

    It is opened after every process of the box is dead, by the slot's init, beneath /box,
    following no link of any kind; only a regular file of at most `max_kib` is handed over.
    With `tree` set, `name` is a directory ("." is /box) and every regular file below it is
    handed over (at most 200, eight levels deep, `max_kib` each); the rest is left out.
    """

    name: str
    max_kib: int = 64 * 1024
    tree: bool = False


class CollectProblem(StrEnum):
    """Why a wanted file was not handed over."""

    ABSENT = "absent"
    NOT_REGULAR = "not_regular"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """A file taken out of the box, or why it was not.

    `descriptor` is open for reading at offset 0 and belongs to whoever receives the report:
    close it (or use `Report.close_collected`). None when `problem` says why. The bytes live in
    the box's memory, so copy what you keep before the slot's next run.
    """

    name: str
    descriptor: int | None
    size_bytes: int = 0
    problem: CollectProblem | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One run.

    `argv[0]` is what the program sees; it is also the path inside the box to execute (absolute,
    such as /usr/bin/g++) unless `executable` is given: a descriptor of an ELF file, best a sealed
    memfd (`descriptors.sealed_memory`), which the program cannot name or change.
    `stdin`, `stdout`, `stderr` are descriptors of the caller, who keeps and closes its own copies;
    None is /dev/null. They share their offset with the caller's: give each run a description of
    its own (`descriptors.fresh_reader`). A program can read the name of its descriptors, so pass
    memfds or pipes, not paths that say something.
    The environment is exactly `environment`. The working directory is /box.
    The box is empty before the run unless the previous run of the same acquisition said
    `keep_box`; with `keep_box` what this run leaves in /box stays for the next one. /tmp is
    always wiped, and so is /box when the slot is given back.
    """

    argv: tuple[str, ...]
    limits: Limits
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: int | None = None
    stdout: int | None = None
    stderr: int | None = None
    executable: int | None = None
    files: tuple[BoxFile, ...] = ()
    collect: tuple[Collect, ...] = ()
    keep_box: bool = False


class Outcome(StrEnum):
    """How a run ended. Closed: whatever is not one of these is BROKEN.

    Decided in this order: BROKEN, CANCELLED, CPU_LIMIT, WALL_LIMIT, MEMORY_LIMIT, OUTPUT_LIMIT,
    SIGNALLED, EXITED. EXITED says nothing about success: see `exit_code`.
    """

    EXITED = "exited"
    SIGNALLED = "signalled"
    CPU_LIMIT = "cpu_limit"
    WALL_LIMIT = "wall_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    CANCELLED = "cancelled"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Usage:
    """What was used. Times in microseconds; `cpu_time_us` is the number that limits compare.

    `user_time_us` + `system_time_us` come from the reaped processes and may fall short of
    `cpu_time_us`, which the control group counted. `memory_kib` is the peak. `processes_peak` is
    None when an earlier run of the slot had more (the kernel keeps one mark only).
    """

    cpu_time_us: int = 0
    user_time_us: int = 0
    system_time_us: int = 0
    wall_time_us: int = 0
    memory_kib: int = 0
    processes_peak: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """How one run went.

    `exit_code` is set for EXITED, `signal` for SIGNALLED. `reason` is a sentence for staff when
    the outcome is BROKEN, else empty. `started_at_ns` and `finished_at_ns` are CLOCK_MONOTONIC
    and comparable between slots (who ended first). `leftovers_killed` counts processes that
    were still alive when the main one ended.
    """

    outcome: Outcome
    usage: Usage = field(default_factory=Usage)
    exit_code: int | None = None
    signal: int | None = None
    collected: tuple[CollectedFile, ...] = ()
    leftovers_killed: int = 0
    started_at_ns: int = 0
    finished_at_ns: int = 0
    reason: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the program ended by itself with exit code 0."""
        return self.outcome is Outcome.EXITED and self.exit_code == 0

    def collected_file(self, name: str) -> CollectedFile | None:
        """The file taken out under that name, None when it was not asked for."""
        return next((file for file in self.collected if file.name == name), None)

    def close_collected(self) -> None:
        """Close every collected descriptor; harmless when repeated by nobody else."""
        close_all(file.descriptor for file in self.collected if file.descriptor is not None)


class Slot(Protocol):
    """A sandboxed place, held by one caller at a time."""

    @property
    def index(self) -> int:
        """Which slot of the pool this is, from 0."""
        ...

    def run(self, command: Command) -> Report:
        """Run it and wait. Never raises for anything that a program can do.

        A slot or a boxd that dies is rebuilt and the run repeated once, if its std descriptors
        are files (their offsets and sizes are put back); the second failure, or the first one
        with pipes, is BROKEN.
        """
        ...

    def cancel(self) -> None:
        """End the run under way, from any thread; it reports CANCELLED. No run: no effect."""
        ...


@dataclass(frozen=True, slots=True)
class PoolHealth:
    """What health and doctor show. `features` are names with values, as boxd found them."""

    rung: str
    slots: int
    busy: int
    slots_rebuilt: int
    runs: int
    features: Mapping[str, str] = field(default_factory=dict)


class SlotPool(Protocol):
    """The slots of this host."""

    @property
    def size(self) -> int:
        """How many slots there are, busy or not."""
        ...

    def acquire(self, timeout_s: float | None = None) -> AbstractContextManager[Slot]:
        """Hold one free slot, its box empty; wipes it when left.

        Waits `timeout_s` seconds (None: for ever), then raises NoSlotFreeError.
        """
        ...

    def acquire_many(
        self, count: int, timeout_s: float | None = None
    ) -> AbstractContextManager[tuple[Slot, ...]]:
        """Hold `count` slots, taken together so that two callers cannot block each other."""
        ...

    def health(self) -> PoolHealth:
        """A snapshot; cheap."""
        ...

    def close(self) -> None:
        """End every run and every slot. Nothing may be acquired afterwards."""
        ...
