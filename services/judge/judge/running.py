"""One test case: run the program, check its output, decide, and say what happened."""

import os
from dataclasses import dataclass, replace

import msgspec

from contracts.judging import Checker, RunFinished, RunLimits
from contracts.verdicts import Verdict
from judge.cases import Case
from judge.checkers.native import Comparer
from judge.errors import MachineryError
from judge.explaining import explain
from judge.sandbox.descriptors import read_start
from judge.sandbox.interface import Limits, Slot
from judge.slots import Turn
from judge.steps import Broken
from judge.steps.check import Checked, check
from judge.steps.execute import Executed, Runnable, execute
from judge.steps.referee import Decider, check_with
from judge.verdict import RunFacts, decide, needs_check


@dataclass(frozen=True, slots=True)
class Trial:
    """What stays the same for every test case of one judging."""

    runnable: Runnable
    limits: RunLimits
    checker: Checker
    comparer: Comparer
    capture_bytes: int | None = None
    decider: Decider | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """How far beyond its limits a run may go before it is ended; verdicts keep to the limits."""

    cpu: float = 1.0
    wall: float = 1.0


EXACT = Allowance()
BESIDE_OTHERS = Allowance(cpu=1.1)
STARVED = Allowance(wall=4.0)
_WORKED = 0.1


def run_case(turn: Turn, trial: Trial, case: Case) -> RunFinished:
    """The run's facts and verdict; raises MachineryError when our side failed.

    What others do on the machine must not show in a verdict. So a run among others may go a tenth
    over its time limit, and when only that tenth was missing it is repeated alone and the better
    time counts. A program that worked, but was given so little of an overloaded machine that the
    clock ended it, is repeated too, with more patience.
    """
    slot = turn.slot()
    busy = turn.machine_is_busy
    first = _run_once(turn, slot, trial, case, BESIDE_OTHERS if busy else EXACT)
    chance = second_chance(first, trial.limits, busy=busy)
    if chance is None:
        return first
    if chance is STARVED:  # not alone: nobody shall be able to stop the others so long
        return _run_once(turn, turn.slot(), trial, case, chance)
    with turn.alone() as (quiet,):
        second = _run_once(turn, quiet, trial, case, chance)
    return second if second.cpu_time_ms <= first.cpu_time_ms else first


def second_chance(first: RunFinished, limits: RunLimits, *, busy: bool) -> Allowance | None:
    """Whether a run is to be repeated, and with how much patience."""
    if first.verdict is not Verdict.TLE:
        return None
    if first.cpu_time_ms < limits.cpu_time_ms:  # so it was the clock
        worked = first.cpu_time_ms >= _WORKED * first.wall_time_ms
        return STARVED if worked and is_overloaded() else None
    near = first.cpu_time_ms < limits.cpu_time_ms * BESIDE_OTHERS.cpu
    return EXACT if busy and near else None


def is_overloaded() -> bool:
    """Whether more wanted to run in the last minute than there are cores."""
    return os.getloadavg()[0] > len(os.sched_getaffinity(0))


def widened(limits: Limits, allowance: Allowance) -> Limits:
    """The limits at which a run is ended."""
    return replace(
        limits,
        cpu_time_ms=int(limits.cpu_time_ms * allowance.cpu),
        wall_time_ms=int(limits.effective_wall_time_ms * allowance.wall),
    )


def _run_once(
    turn: Turn, slot: Slot, trial: Trial, case: Case, allowance: Allowance
) -> RunFinished:
    argv, limits = trial.runnable.command(trial.limits)
    with case.input() as stdin:
        executed = execute(slot, trial.runnable, argv, widened(limits, allowance), stdin)
    if isinstance(executed, Broken):
        raise MachineryError(executed.reason)
    with executed:
        return _judge(turn, executed, trial, case, limits)


def facts_of(executed: Executed, limits: Limits) -> RunFacts:
    """What was measured of the program."""
    report = executed.report
    return RunFacts(
        outcome=report.outcome,
        cpu_time_us=report.usage.cpu_time_us,
        cpu_limit_us=limits.cpu_time_ms * 1000,
        exit_code=report.exit_code,
        out_of_memory=executed.out_of_memory,
    )


def _judge(turn: Turn, executed: Executed, trial: Trial, case: Case, limits: Limits) -> RunFinished:
    facts = facts_of(executed, limits)
    checked = Checked(accepted=False)
    if needs_check(facts):
        found = _check(turn, executed, trial, case)
        if isinstance(found, Broken):
            raise MachineryError(found.reason)
        checked = found
        facts = replace(facts, accepted=checked.accepted)
    event = event_of(case, executed, decide(facts), checked, trial.limits, limits)
    return _with_output(event, executed, trial.capture_bytes)


def event_of(
    case: Case,
    executed: Executed,
    verdict: Verdict,
    checked: Checked,
    wanted: RunLimits,
    limits: Limits,
) -> RunFinished:
    """What is told of a run; raises MachineryError when it says nothing about the program."""
    report = executed.report
    if verdict is Verdict.JE:
        raise MachineryError(f"the run ended as {report.outcome}: {report.reason}")
    return RunFinished(
        ordinal=case.ordinal,
        verdict=verdict,
        cpu_time_ms=report.usage.cpu_time_us // 1000,
        wall_time_ms=report.usage.wall_time_us // 1000,
        memory_kib=report.usage.memory_kib,
        exit_code=report.exit_code,
        signal=report.signal,
        message=checked.message
        or explain(verdict, executed, wanted, limits.effective_wall_time_ms),
        team_message=checked.team_message,
    )


def _check(turn: Turn, executed: Executed, trial: Trial, case: Case) -> Checked | Broken:
    answer = case.answer()
    if answer is None:
        return Checked(accepted=True)
    with answer as expected:
        if trial.decider is not None:
            with case.input() as given:
                data = {"input": given, "answer": expected}
                return check_with(turn.another_slot(), trial.decider, data, executed.stdout)
        return check(trial.comparer, trial.checker, expected, executed.stdout)


def _with_output(event: RunFinished, executed: Executed, capture: int | None) -> RunFinished:
    """A playground run shows what the program printed, cut."""
    if capture is None:
        return event
    stdout = read_start(executed.stdout, capture + 1)
    stderr = read_start(executed.stderr, capture + 1)
    return msgspec.structs.replace(
        event,
        stdout=stdout[:capture],
        stderr=stderr[:capture],
        output_truncated=len(stdout) > capture or len(stderr) > capture,
    )
