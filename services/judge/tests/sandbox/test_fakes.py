"""The fake behaves as the port promises."""

import pytest

from judge.sandbox.descriptors import output_memory, read_start, sealed_memory
from judge.sandbox.fakes import FakeSlotPool, Scripted, SeenRun
from judge.sandbox.interface import (
    BoxFile,
    Collect,
    CollectProblem,
    Command,
    Limits,
    NoSlotFreeError,
    Outcome,
)

LIMITS = Limits(1000, 65536)


def doubles(run: SeenRun) -> Scripted:
    return Scripted(stdout=run.stdin * 2, leaves={"out": b"left"})


def test_a_scripted_run_reads_writes_and_leaves_files() -> None:
    pool = FakeSlotPool(doubles)
    out = output_memory()
    command = Command(
        ("p",),
        LIMITS,
        stdin=sealed_memory(b"ab"),
        stdout=out,
        files=(BoxFile(sealed_memory(b"code"), "main.py"),),
        collect=(Collect("out"), Collect("none")),
    )
    with pool.acquire() as slot:
        report = slot.run(command)
    assert report.succeeded
    assert read_start(out, 99) == b"abab"
    assert pool.runs[0].files == {"main.py": b"code"}
    left, missing = report.collected
    assert left.descriptor is not None
    assert read_start(left.descriptor, 99) == b"left"
    assert missing.problem is CollectProblem.ABSENT
    report.close_collected()


def test_a_box_is_kept_only_when_asked_and_never_beyond_its_holder() -> None:
    pool = FakeSlotPool(doubles, size=1)
    with pool.acquire() as slot:
        slot.run(Command(("p",), LIMITS, keep_box=True))
        slot.run(Command(("p",), LIMITS, keep_box=True))
    with pool.acquire() as slot:
        slot.run(Command(("p",), LIMITS))
        slot.cancel()
        assert slot.run(Command(("p",), LIMITS)).outcome is Outcome.CANCELLED
    assert [sorted(run.files) for run in pool.runs] == [[], ["out"], [], []]


def test_slots_run_out() -> None:
    pool = FakeSlotPool(size=1)
    with pool.acquire(), pytest.raises(NoSlotFreeError), pool.acquire(timeout_s=0.01):
        pass
    assert pool.health().busy == 0
