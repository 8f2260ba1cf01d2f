"""The real slots: runs sent to their inits, dead ones rebuilt, handed out one caller at a time."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from judge.sandbox.channel import Channel, SlotGoneError
from judge.sandbox.daemon import Boxd, BoxdSettings
from judge.sandbox.interface import (
    Command,
    NoSlotFreeError,
    PoolHealth,
    Report,
    SandboxUnavailableError,
    Slot,
)
from judge.sandbox.outcome import broken, decide
from judge.sandbox.rewind import Rewind
from judge.sandbox.wire import WireError


@dataclass(slots=True)
class _Counters:
    runs: int = 0
    rebuilt: int = 0


class BoxdSlot:
    """One slot: a channel to its init, made again when it breaks."""

    def __init__(self, index: int, connect: Callable[[int], Channel], counters: _Counters) -> None:
        self._index = index
        self._connect = connect
        self._counters = counters
        self._channel: Channel | None = None
        self._box_kept = False

    @property
    def index(self) -> int:
        """Which slot of the pool this is."""
        return self._index

    def run(self, command: Command) -> Report:
        """Run it, with one more try when our machinery fails and nothing was lost by it."""
        rewind = Rewind.of(command)
        continues = self._box_kept
        report = self._run_once(command)
        if report is None and rewind.possible and not continues:
            rewind.apply()
            report = self._run_once(command)
        self._box_kept = command.keep_box and report is not None
        return report or broken("the slot ended while it ran this program")

    def cancel(self) -> None:
        """End the run under way."""
        channel = self._channel
        if channel is not None:
            channel.cancel()

    def ensure(self) -> None:
        """Have a live slot behind this, or raise SandboxUnavailableError."""
        if self._channel is None:
            self._channel = self._connect(self._index)

    def wipe(self) -> None:
        """Empty the box; the next caller knows nothing of this one."""
        if self._channel is not None and self._box_kept:
            self._box_kept = False
            try:
                self._channel.wipe()
            except SlotGoneError:
                self._drop()

    def close(self) -> None:
        """Forget the channel; the slot's init ends with it."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    def _run_once(self, command: Command) -> Report | None:
        """The report, or None when the machinery failed and a new slot may do better."""
        try:
            self.ensure()
            if self._channel is None:
                return None
            self._counters.runs += 1
            measured = self._channel.run(command)
        except WireError as error:
            return broken(str(error))
        except (SlotGoneError, SandboxUnavailableError):
            self._drop()
            return None
        if measured.broken_errno:
            self._drop()
        return decide(measured, command.limits)

    def _drop(self) -> None:
        self.close()
        self._counters.rebuilt += 1


class BoxdSlotPool:
    """All slots of one boxd. A boxd that dies is started again when a slot is next needed."""

    def __init__(
        self, settings: BoxdSettings, size: int, cpus: Sequence[int] | None = None
    ) -> None:
        self._settings = settings
        self._cpus = cpus
        self._lock = threading.Lock()
        self._boxd: Boxd | None = None
        self._counters = _Counters()
        self._slots = [BoxdSlot(i, self._connect, self._counters) for i in range(size)]
        self._free = list(self._slots)
        self._condition = threading.Condition()
        try:
            self._features = self._living_boxd().describe()
            for slot in self._slots:
                slot.ensure()
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        """How many slots there are."""
        return len(self._slots)

    @contextmanager
    def acquire(self, timeout_s: float | None = None) -> Iterator[Slot]:
        """Hold one free slot."""
        with self.acquire_many(1, timeout_s) as slots:
            yield slots[0]

    @contextmanager
    def acquire_many(
        self, count: int, timeout_s: float | None = None
    ) -> Iterator[tuple[Slot, ...]]:
        """Hold several, taken together."""
        if count > self.size:
            raise NoSlotFreeError(f"{count} slots wanted, this host has {self.size}")
        with self._condition:
            if not self._condition.wait_for(lambda: len(self._free) >= count, timeout_s):
                raise NoSlotFreeError(f"{count} slots were not free within {timeout_s} s")
            taken = [self._free.pop(0) for _ in range(count)]
        with ExitStack() as stack:
            stack.callback(self._release, taken)
            yield tuple(taken)

    def health(self) -> PoolHealth:
        """What there is and what has happened."""
        with self._condition:
            busy = self.size - len(self._free)
        return PoolHealth(
            rung=self._features.get("rung", "none"),
            slots=self.size,
            busy=busy,
            slots_rebuilt=self._counters.rebuilt,
            runs=self._counters.runs,
            features=self._features,
        )

    def close(self) -> None:
        """End everything."""
        for slot in self._slots:
            slot.close()
        with self._lock:
            if self._boxd is not None:
                self._boxd.close()
                self._boxd = None

    def _release(self, taken: list[BoxdSlot]) -> None:
        for slot in taken:
            slot.wipe()
            if self._features.get("memory_peak") == "of the slot":
                slot.close()  # a new slot has a new mark; the kernel cannot put this one back
        with self._condition:
            self._free.extend(taken)
            self._condition.notify_all()

    def _connect(self, index: int) -> Channel:
        cpu = self._cpus[index % len(self._cpus)] if self._cpus else None
        with self._lock:
            try:
                return Channel(self._living_boxd().make_slot(index, cpu))
            except SandboxUnavailableError:
                if self._boxd is None or self._settings.inherited_descriptor is not None:
                    raise
                self._boxd.close()
                self._boxd = None
                return Channel(self._living_boxd().make_slot(index, cpu))

    def _living_boxd(self) -> Boxd:
        if self._boxd is None:
            self._boxd = Boxd(self._settings)
        return self._boxd


def cores_to_pin(slots: int) -> tuple[int, ...] | None:
    """A core for each slot when there are more cores than slots, else none.

    With none to spare the kernel places better than a fixed choice that our own services sit on.
    """
    cores = sorted(os.sched_getaffinity(0))
    return tuple(cores[-slots:]) if len(cores) > slots else None


def wait_until_idle(pool: BoxdSlotPool, timeout_s: float) -> bool:
    """Whether no slot was held any more within the time."""
    deadline = time.monotonic() + timeout_s
    while pool.health().busy and time.monotonic() < deadline:
        time.sleep(0.01)
    return pool.health().busy == 0
