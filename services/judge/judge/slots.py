"""Who may use the sandbox's slots, and when: first come first served, and nobody holds on.

A judging takes one slot and keeps it for its next runs unless others wait and its quantum is
over; then it goes to the end of the queue. So a long judging cannot starve a short one.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from judge.errors import BusyError, CancelledError, MachineryError
from judge.sandbox.interface import Slot, SlotPool

QUANTUM_S = 0.25
_RETRY_AFTER_S = 2
_GOING_AWAY_RETRY_S = 5


class FairSlots:
    """The queue in front of a slot pool."""

    def __init__(self, pool: SlotPool, waiting: int, quantum_s: float = QUANTUM_S) -> None:
        self._pool = pool
        self._room = pool.size + waiting
        self.quantum_s = quantum_s
        self._condition = threading.Condition()
        self._free = pool.size
        self._queue: deque[Turn] = deque()
        self._admitted: set[Turn] = set()
        self._closed = False

    @property
    def size(self) -> int:
        """How many slots there are."""
        return self._pool.size

    @property
    def free(self) -> int:
        """How many slots nobody holds."""
        return self._free

    @property
    def admitted(self) -> int:
        """Judgings let in that have not ended."""
        return len(self._admitted)

    def admit(self) -> "Turn":
        """Let one more judging in, or raise BusyError. End it with `Turn.leave`."""
        with self._condition:
            if self._closed:
                raise BusyError("this judge is going away", _GOING_AWAY_RETRY_S)
            if len(self._admitted) >= self._room:
                raise BusyError("every slot is taken", _RETRY_AFTER_S)
            turn = Turn(self, self._pool)
            self._admitted.add(turn)
        return turn

    def own_turn(self) -> "Turn":
        """A turn for the judge's own work, such as self-tests, which is not counted."""
        return Turn(self, self._pool)

    def close(self) -> None:
        """Let nobody in any more."""
        with self._condition:
            self._closed = True

    def cancel_all(self) -> None:
        """Cancel every judging that was let in."""
        with self._condition:
            turns = list(self._admitted)
        for turn in turns:
            turn.cancel()

    def others_wait(self) -> bool:
        """Whether somebody is in the queue."""
        return bool(self._queue)

    def take(self, turn: "Turn", count: int) -> None:
        """Wait at the end of the queue for `count` free slots."""
        with self._condition:
            self._queue.append(turn)
            try:
                while self._queue[0] is not turn or self._free < count:
                    turn.check()
                    self._condition.wait()
                turn.check()
                self._free -= count
            finally:
                self._queue.remove(turn)
                self._condition.notify_all()

    def put_back(self, count: int) -> None:
        """Free slots again."""
        with self._condition:
            self._free += count
            self._condition.notify_all()

    def leave(self, turn: "Turn") -> None:
        """A judging ended."""
        with self._condition:
            self._admitted.discard(turn)

    def wake(self) -> None:
        """Let waiting turns look whether they were cancelled."""
        with self._condition:
            self._condition.notify_all()


class Turn:
    """One judging's use of the slots. One thread uses it; any thread may cancel it."""

    def __init__(self, slots: FairSlots, pool: SlotPool) -> None:
        self._slots = slots
        self._pool = pool
        self._lock = threading.Lock()
        self._mine: tuple[Slot, ...] = ()
        self._held = ExitStack()
        self._count = 0
        self._taken_at = 0.0
        self._cancelled = threading.Event()

    @property
    def machine_is_busy(self) -> bool:
        """Whether somebody else holds a slot now."""
        return self._slots.size - self._slots.free > self._count

    def slot(self) -> Slot:
        """A slot for the next run, after waiting if it must; raises CancelledError."""
        return self._keep_or_take(1)[0]

    def pair(self) -> tuple[Slot, Slot]:
        """Two slots for a run of two programs that talk, taken together."""
        first, second = self._keep_or_take(2)
        return first, second

    def another_slot(self) -> Slot:
        """One that is taken anew: nothing of this judging's last run can show in it."""
        self.check()
        self.give_back()
        return self._take(1)[0]

    @contextmanager
    def alone(self, used: int = 1) -> Iterator[tuple[Slot, ...]]:
        """`used` slots while no other is in use, for a measurement that must not be disturbed."""
        self.give_back()
        try:
            yield self._take(self._slots.size)[:used]
        finally:
            self.give_back()

    def give_back(self) -> None:
        """Hold no slot any more."""
        with self._lock:
            self._mine = ()
        self._count = 0
        self._held.close()

    def leave(self) -> None:
        """The judging ended."""
        self.give_back()
        self._slots.leave(self)

    def cancel(self) -> None:
        """End the run under way and every wait. Repeat it until the judging has left.

        Repeating closes the gap between the last look at the flag and the start of a run.
        """
        self._cancelled.set()
        with self._lock:  # a slot cannot become somebody else's in between
            for slot in self._mine:
                slot.cancel()
        self._slots.wake()

    def check(self) -> None:
        """Raise CancelledError when nobody waits for this any more."""
        if self._cancelled.is_set():
            raise CancelledError

    def _keep_or_take(self, count: int) -> tuple[Slot, ...]:
        self.check()
        if self._count == count:
            over = time.monotonic() - self._taken_at > self._slots.quantum_s
            if not (over and self._slots.others_wait()):
                return self._mine
        self.give_back()
        return self._take(count)

    def _take(self, count: int) -> tuple[Slot, ...]:
        if count > self._slots.size:
            raise MachineryError(f"{count} slots wanted, this judge has {self._slots.size}")
        self._slots.take(self, count)
        with ExitStack() as stack:
            stack.callback(self._slots.put_back, count)
            slots = stack.enter_context(self._pool.acquire_many(count))
            self._held = stack.pop_all()
        self._taken_at = time.monotonic()
        self._count = count
        with self._lock:
            self._mine = slots
        return slots
