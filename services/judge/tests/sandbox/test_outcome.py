"""What measured runs mean."""

from dataclasses import replace
from typing import Any

import pytest

from judge.sandbox.interface import Limits, Outcome
from judge.sandbox.outcome import decide
from judge.sandbox.wire import Measured, ReplyFlag

LIMITS = Limits(cpu_time_ms=1000, memory_kib=65536)
CLEAN = Measured(
    run_id=1,
    broken_errno=0,
    wait_status=0,
    flags=ReplyFlag(0),
    oom_kills=0,
    processes_peak=2,
    leftovers=0,
    started_ns=1_000,
    finished_ns=2_000_000,
    cpu_ns=1_000_000,
    user_us=600,
    system_us=400,
    memory_peak=3 << 20,
    memory_start=1 << 20,
    memory_file_change=0,
    output_bytes=0,
    maxrss=1 << 20,
    reason="",
    collected=(),
)
EVERYTHING_WRONG = replace(
    CLEAN,
    wait_status=9,
    flags=ReplyFlag.CPU_EXPIRED
    | ReplyFlag.WALL_EXPIRED
    | ReplyFlag.OUTPUT_EXCEEDED
    | ReplyFlag.CANCELLED,
    oom_kills=1,
    broken_errno=5,
)


def test_the_first_fault_in_the_written_order_is_the_outcome() -> None:
    measured = EVERYTHING_WRONG
    order = []
    for change in (
        {"broken_errno": 0},
        {"flags": measured.flags & ~ReplyFlag.CANCELLED},
        {"flags": ReplyFlag.WALL_EXPIRED | ReplyFlag.OUTPUT_EXCEEDED},
        {"flags": ReplyFlag.OUTPUT_EXCEEDED},
        {"oom_kills": 0},
        {"flags": ReplyFlag(0)},
        {"wait_status": 0},
    ):
        order.append(decide(measured, LIMITS).outcome)
        measured = replace(measured, **change)
    order.append(decide(measured, LIMITS).outcome)
    assert order == [
        Outcome.BROKEN,
        Outcome.CANCELLED,
        Outcome.CPU_LIMIT,
        Outcome.WALL_LIMIT,
        Outcome.MEMORY_LIMIT,
        Outcome.OUTPUT_LIMIT,
        Outcome.SIGNALLED,
        Outcome.EXITED,
    ]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"cpu_ns": 1_000_999_999}, Outcome.EXITED),
        ({"cpu_ns": 1_000_001_000 + 999}, Outcome.CPU_LIMIT),
        ({"wait_status": 24}, Outcome.CPU_LIMIT),  # SIGXCPU
        ({"wait_status": 25}, Outcome.OUTPUT_LIMIT),  # SIGXFSZ
        ({"memory_peak": (66 << 20)}, Outcome.MEMORY_LIMIT),
        ({"memory_peak": (66 << 20), "output_bytes": 4 << 20}, Outcome.EXITED),
        ({"memory_peak": (66 << 20), "memory_file_change": 4 << 20}, Outcome.EXITED),
        ({"memory_peak": (60 << 20), "memory_file_change": -(9 << 20)}, Outcome.MEMORY_LIMIT),
        ({"wait_status": 0x7F}, Outcome.BROKEN),  # stopped: nothing of that kind can be final
        ({"wait_status": 0x300}, Outcome.EXITED),
    ],
)
def test_each_measure_has_its_border(change: dict[str, Any], outcome: Outcome) -> None:
    limits = replace(LIMITS, cpu_time_ms=1001) if outcome is Outcome.EXITED else LIMITS
    assert decide(replace(CLEAN, **change), limits).outcome is outcome


def test_numbers_are_translated() -> None:
    report = decide(replace(CLEAN, wait_status=0x700), LIMITS)
    assert report.exit_code == 7
    assert report.usage.cpu_time_us == 1000
    assert report.usage.wall_time_us == 1999
    assert report.usage.memory_kib == 2048
    assert report.usage.processes_peak == 1


def test_without_a_group_the_resident_set_is_the_memory() -> None:
    report = decide(replace(CLEAN, memory_peak=0, memory_start=0, maxrss=5 << 20), LIMITS)
    assert report.usage.memory_kib == 5 * 1024
