"""The figures of a judgement, from the figures of its runs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.judging import RunFinished
from contracts.verdicts import Verdict


@dataclass(frozen=True)
class Figures:
    """What a judgement shows beside its verdict; None where nothing was run."""

    cpu_time_ms: int | None
    memory_kib: int | None


def figures(runs: Sequence[RunFinished]) -> Figures:
    """Return the time of the slowest run and the memory of the largest one.

    Skipped runs have no figures of their own and do not count.
    """
    ran = [run for run in runs if run.verdict is not Verdict.SK]
    if not ran:
        return Figures(None, None)
    return Figures(max(run.cpu_time_ms for run in ran), max(run.memory_kib for run in ran))
