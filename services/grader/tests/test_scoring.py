from __future__ import annotations

from contracts.judging import RunFinished
from contracts.verdicts import Verdict
from grader.scoring import Figures, figures


def test_the_slowest_and_the_largest_run_are_shown() -> None:
    runs = [
        RunFinished(ordinal=1, verdict=Verdict.AC, cpu_time_ms=90, memory_kib=10),
        RunFinished(ordinal=2, verdict=Verdict.AC, cpu_time_ms=10, memory_kib=900),
        RunFinished(ordinal=3, verdict=Verdict.SK, cpu_time_ms=999, memory_kib=9999),
    ]
    assert figures(runs) == Figures(cpu_time_ms=90, memory_kib=900)


def test_where_nothing_ran_there_is_nothing_to_show() -> None:
    assert figures([]) == Figures(None, None)
    assert figures([RunFinished(ordinal=1, verdict=Verdict.SK)]) == Figures(None, None)
