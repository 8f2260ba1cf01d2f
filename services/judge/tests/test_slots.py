"""Fairness between judgings: first come first served, nobody starves, cancelling works."""

import threading
import time

import pytest

from judge.errors import BusyError, CancelledError, MachineryError
from judge.sandbox.fakes import FakeSlotPool
from judge.slots import FairSlots


def fair(size: int = 1, waiting: int = 1, quantum_s: float = 0.0) -> FairSlots:
    return FairSlots(FakeSlotPool(size=size), waiting, quantum_s)


def until(condition: threading.Event) -> None:
    assert condition.wait(5)


def test_no_more_are_let_in_than_there_is_room_for() -> None:
    slots = fair(size=1, waiting=1)
    first, _second = slots.admit(), slots.admit()
    with pytest.raises(BusyError):
        slots.admit()
    first.leave()
    slots.admit()


def test_a_closed_queue_lets_nobody_in() -> None:
    slots = fair()
    slots.close()
    with pytest.raises(BusyError, match="going away"):
        slots.admit()


def test_a_slot_is_kept_while_nobody_waits() -> None:
    slots = fair()
    turn = slots.admit()
    assert turn.slot() is turn.slot()
    assert slots.free == 0
    turn.leave()
    assert slots.free == 1


def test_a_long_judging_takes_turns_with_one_that_waits() -> None:
    slots = fair()
    long, short = slots.admit(), slots.admit()
    long.slot()
    done = threading.Event()

    def other() -> None:
        short.slot()
        done.set()
        short.leave()

    worker = threading.Thread(target=other)
    worker.start()
    while not slots.others_wait():
        time.sleep(0.001)
    long.slot()
    until(done)
    worker.join()
    long.leave()
    assert slots.free == 1


def test_within_its_quantum_a_judging_keeps_its_slot() -> None:
    slots = fair(quantum_s=60)
    first, second = slots.admit(), slots.admit()
    held = first.slot()
    worker = threading.Thread(target=lambda: (second.slot(), second.leave()))
    worker.start()
    while not slots.others_wait():
        time.sleep(0.001)
    assert first.slot() is held
    first.leave()
    worker.join()


def test_a_waiting_judging_that_is_cancelled_stops_waiting() -> None:
    slots = fair()
    first, second = slots.admit(), slots.admit()
    first.slot()
    cancelled = threading.Event()

    def wait() -> None:
        try:
            second.slot()
        except CancelledError:
            cancelled.set()

    worker = threading.Thread(target=wait)
    worker.start()
    while not slots.others_wait():
        time.sleep(0.001)
    second.cancel()
    until(cancelled)
    worker.join()
    assert not slots.others_wait()


def test_cancelling_ends_only_ones_own_run() -> None:
    pool = FakeSlotPool(size=2)
    slots = FairSlots(pool, 0)
    first, second = slots.admit(), slots.admit()
    mine, theirs = first.slot(), second.slot()
    first.cancel()
    assert mine.cancelled.is_set()  # type: ignore[attr-defined]
    assert not theirs.cancelled.is_set()  # type: ignore[attr-defined]
    with pytest.raises(CancelledError):
        first.slot()
    first.leave()
    first.cancel()
    assert slots.free == 1


def test_a_pair_is_taken_together_and_cancelled_together() -> None:
    slots = fair(size=2)
    turn = slots.admit()
    turn.slot()
    first, second = turn.pair()
    assert first is not second
    assert turn.pair() == (first, second)
    assert slots.free == 0
    turn.cancel()
    assert first.cancelled.is_set()  # type: ignore[attr-defined]
    assert second.cancelled.is_set()  # type: ignore[attr-defined]
    turn.leave()
    assert slots.free == 2


def test_two_pairs_wanted_at_once_do_not_block_each_other() -> None:
    slots = fair(size=3, waiting=2)

    def work() -> None:
        turn = slots.admit()
        for _ in range(20):
            turn.pair()
            turn.slot()
            turn.another_slot()
        turn.leave()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(10)
    assert slots.free == 3


def test_more_slots_than_there_are_is_an_error_and_no_wait() -> None:
    with pytest.raises(MachineryError):
        fair(size=1).admit().pair()


def test_who_measures_alone_has_all_slots() -> None:
    slots = fair(size=2)
    turn = slots.admit()
    with turn.alone():
        assert slots.free == 0
        assert not turn.machine_is_busy
    assert slots.free == 2


def test_two_who_want_to_be_alone_do_not_block_each_other() -> None:
    slots = fair(size=2, waiting=2)
    together = threading.Barrier(2)

    def work() -> None:
        turn = slots.admit()
        turn.slot()
        together.wait(5)
        with turn.alone():
            pass
        turn.leave()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(5)
    assert slots.free == 2


def test_the_machine_is_busy_when_somebody_else_holds_a_slot() -> None:
    slots = fair(size=2)
    first, second = slots.admit(), slots.admit()
    first.slot()
    assert not first.machine_is_busy
    second.slot()
    assert first.machine_is_busy
