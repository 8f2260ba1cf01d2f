"""Runs a program and an interactor that talk through two pipes, each in a box of its own.

Nobody stands between them. Each side's ends of the pipes are closed when its run is over, so the
other one learns of it only after the time of that end was taken: who ended first is certain.
"""

import os
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from contracts.judging import CheckerProtocol
from judge.sandbox.descriptors import close_all
from judge.sandbox.interface import Limits, Outcome, Report, Slot
from judge.steps import Broken
from judge.steps.execute import Executed, Runnable, execute
from judge.steps.referee import Decider, Said, Streams, run_referee
from judge.verdict import answer_of

# Longer than the program can take even when it waits for a core (run.c stretches up to fourfold),
# so that of two who wait for each other it is the program whose time ends first.
_PROGRAM_STRETCH = 4
_LONGER_MS = 5000
_REPEAT_S = 0.02


@dataclass(frozen=True, slots=True)
class Interaction:
    """What both did. `executed` is closed by the caller."""

    executed: Executed
    report: Report
    said: Said

    @property
    def interactor_ended_first(self) -> bool:
        """Before the program did."""
        return self.report.finished_at_ns <= self.executed.report.finished_at_ns


@dataclass(frozen=True, slots=True)
class Talker:
    """The program's side."""

    runnable: Runnable
    argv: tuple[str, ...]
    limits: Limits


def interact(
    slots: tuple[Slot, ...], talker: Talker, decider: Decider, data: Mapping[str, int]
) -> Interaction | Broken:
    """Run both and wait for both; a program is ended when it was not accepted."""
    program_slot, interactor_slot = slots
    program_reads, interactor_writes = os.pipe2(os.O_CLOEXEC)
    interactor_reads, program_writes = os.pipe2(os.O_CLOEXEC)
    program_over = threading.Event()

    def run_interactor() -> tuple[Report, Said]:
        streams = Streams(interactor_reads, interactor_writes)
        wall_ms = _PROGRAM_STRETCH * talker.limits.effective_wall_time_ms + _LONGER_MS
        try:
            report, said = run_referee(interactor_slot, decider, data, streams, wall_ms)
        finally:
            close_all((interactor_reads, interactor_writes))
        if answer_of(CheckerProtocol.KATTIS, said.ended) is not True:
            while not program_over.wait(_REPEAT_S):  # it may not have started yet
                program_slot.cancel()
        return report, said

    with ThreadPoolExecutor(max_workers=1) as beside:
        other = beside.submit(run_interactor)
        try:
            executed = execute(
                program_slot,
                talker.runnable,
                talker.argv,
                talker.limits,
                program_reads,
                program_writes,
            )
        finally:
            close_all((program_reads, program_writes))
            program_over.set()
    return _together(executed, other)


def _together(
    executed: Executed | Broken, other: Future[tuple[Report, Said]]
) -> Interaction | Broken:
    if isinstance(executed, Broken):
        return executed
    try:
        report, said = other.result()
    except BaseException:
        executed.close()
        raise
    if report.outcome is Outcome.BROKEN:
        executed.close()
        return Broken(report.reason)
    return Interaction(executed, report, said)
