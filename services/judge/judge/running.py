"""One test case: run the program, check its output, decide, and say what happened."""

import os
import signal
from dataclasses import dataclass, replace

import msgspec

from contracts.judging import Checker, RunFinished, RunLimits
from contracts.verdicts import Verdict
from judge.cases import Case
from judge.checkers.native import Comparer
from judge.errors import MachineryError
from judge.sandbox.descriptors import read_start
from judge.sandbox.interface import Limits, Outcome, Slot
from judge.slots import Turn
from judge.steps import Broken
from judge.steps.check import Checked, check
from judge.steps.compile import clean_text
from judge.steps.execute import Executed, Runnable, execute
from judge.verdict import RunFacts, decide, needs_check


@dataclass(frozen=True, slots=True)
class Trial:
    """What stays the same for every test case of one judging."""

    runnable: Runnable
    limits: RunLimits
    checker: Checker
    comparer: Comparer
    capture_bytes: int | None = None


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
    first = _run_once(slot, trial, case, BESIDE_OTHERS if busy else EXACT)
    second_chance = _second_chance(first, trial.limits, busy=busy)
    if second_chance is None:
        return first
    if second_chance is STARVED:  # not alone: nobody shall be able to stop the others so long
        return _run_once(turn.slot(), trial, case, second_chance)
    with turn.alone() as quiet:
        second = _run_once(quiet, trial, case, second_chance)
    return second if second.cpu_time_ms <= first.cpu_time_ms else first


def _second_chance(first: RunFinished, limits: RunLimits, *, busy: bool) -> Allowance | None:
    if first.verdict is not Verdict.TLE:
        return None
    if first.cpu_time_ms < limits.cpu_time_ms:  # so it was the clock
        worked = first.cpu_time_ms >= _WORKED * first.wall_time_ms
        return STARVED if worked and _is_overloaded() else None
    near = first.cpu_time_ms < limits.cpu_time_ms * BESIDE_OTHERS.cpu
    return EXACT if busy and near else None


def _is_overloaded() -> bool:
    """Whether more wanted to run in the last minute than there are cores."""
    return os.getloadavg()[0] > len(os.sched_getaffinity(0))


def _run_once(slot: Slot, trial: Trial, case: Case, allowance: Allowance) -> RunFinished:
    argv, limits = trial.runnable.command(trial.limits)
    wider = replace(
        limits,
        cpu_time_ms=int(limits.cpu_time_ms * allowance.cpu),
        wall_time_ms=int(limits.effective_wall_time_ms * allowance.wall),
    )
    with case.input() as stdin:
        executed = execute(slot, trial.runnable, argv, wider, stdin)
    if isinstance(executed, Broken):
        raise MachineryError(executed.reason)
    with executed:
        return _judge(executed, trial, case, limits)


def _judge(executed: Executed, trial: Trial, case: Case, limits: Limits) -> RunFinished:
    report = executed.report
    facts = RunFacts(
        outcome=report.outcome,
        cpu_time_us=report.usage.cpu_time_us,
        cpu_limit_us=limits.cpu_time_ms * 1000,
        exit_code=report.exit_code,
        out_of_memory=executed.out_of_memory,
    )
    message = ""
    if needs_check(facts):
        checked = _check(executed, trial, case)
        if isinstance(checked, Broken):
            raise MachineryError(checked.reason)
        facts = replace(facts, accepted=checked.accepted)
        message = checked.message
    verdict = decide(facts)
    if verdict is Verdict.JE:
        raise MachineryError(f"the run ended as {report.outcome}: {report.reason}")
    event = RunFinished(
        ordinal=case.ordinal,
        verdict=verdict,
        cpu_time_ms=report.usage.cpu_time_us // 1000,
        wall_time_ms=report.usage.wall_time_us // 1000,
        memory_kib=report.usage.memory_kib,
        exit_code=report.exit_code,
        signal=report.signal,
        message=message or explain(verdict, executed, trial.limits, limits.effective_wall_time_ms),
    )
    return _with_output(event, executed, trial.capture_bytes)


def _check(executed: Executed, trial: Trial, case: Case) -> Checked | Broken:
    answer = case.answer()
    if answer is None:
        return Checked(accepted=True)
    with answer as expected:
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


def explain(verdict: Verdict, executed: Executed, limits: RunLimits, wall_time_ms: int) -> str:
    """The reason of a verdict in one line, for people who may see the test's details."""
    match verdict:
        case Verdict.TLE if executed.report.outcome is Outcome.WALL_LIMIT:
            return f"idle: more than {wall_time_ms} ms passed on the clock"
        case Verdict.TLE:
            return f"more than {limits.cpu_time_ms} ms of CPU time"
        case Verdict.MLE:
            return f"more than {limits.memory_kib} KiB of memory"
        case Verdict.OLE:
            return f"more than {limits.output_kib} KiB of output"
        case Verdict.RTE:
            said = clean_text(executed.stderr_start).strip()
            return f"{_ending(executed)}\n{said}".strip()
        case _:
            return ""


def _ending(executed: Executed) -> str:
    number = executed.report.signal
    if number is None:
        return f"exit code {executed.report.exit_code}"
    try:
        return f"signal {number} ({signal.Signals(number).name})"
    except ValueError:
        return f"signal {number}"
