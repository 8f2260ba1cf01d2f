"""One test case of an interactive problem: both programs run, and who failed first decides."""

from dataclasses import replace

from contracts.judging import RunFinished, RunLimits
from contracts.verdicts import Verdict
from judge.cases import Case, OpenFile
from judge.errors import MachineryError
from judge.running import (
    BESIDE_OTHERS,
    EXACT,
    STARVED,
    Allowance,
    Trial,
    event_of,
    facts_of,
    is_overloaded,
    second_chance,
    widened,
)
from judge.sandbox.descriptors import sealed_memory
from judge.sandbox.interface import Slot
from judge.slots import Turn
from judge.steps import Broken
from judge.steps.check import Checked
from judge.steps.interact import Interaction, Talker, interact
from judge.steps.referee import Decider, how_it_ended
from judge.verdict import InteractionFacts, decide_interaction

# A program that waits for the interactor is idle on the clock through no fault of its own.
_PATIENCE = 2


def run_interactive_case(turn: Turn, trial: Trial, decider: Decider, case: Case) -> RunFinished:
    """The run's facts and verdict, with the same second chances that any run has."""
    pair = turn.pair()
    busy = turn.machine_is_busy
    first = _run_once(pair, trial, decider, case, BESIDE_OTHERS if busy else EXACT)
    chance = _chance(first, trial.limits, busy=busy)
    if chance is None:
        return first
    if chance is STARVED:
        return _run_once(turn.pair(), trial, decider, case, chance)
    with turn.alone(2) as quiet:
        second = _run_once(quiet, trial, decider, case, chance)
    return second if second.cpu_time_ms <= first.cpu_time_ms else first


def _chance(first: RunFinished, limits: RunLimits, *, busy: bool) -> Allowance | None:
    """As for any run; and an idle program may have waited for an interactor that got no core."""
    idle = first.verdict is Verdict.TLE and first.cpu_time_ms < limits.cpu_time_ms
    if idle and is_overloaded():
        return STARVED
    return second_chance(first, limits, busy=busy)


def _run_once(
    slots: tuple[Slot, ...], trial: Trial, decider: Decider, case: Case, allowance: Allowance
) -> RunFinished:
    argv, exact = trial.runnable.command(trial.limits)
    limits = replace(exact, wall_time_ms=_PATIENCE * exact.effective_wall_time_ms)
    talker = Talker(trial.runnable, argv, widened(limits, allowance))
    with case.input() as given, _answer(case) as answer:
        happened = interact(slots, talker, decider, {"input": given, "answer": answer})
    if isinstance(happened, Broken):
        raise MachineryError(happened.reason)
    with happened.executed as executed:
        verdict = decide_interaction(
            InteractionFacts(
                program=facts_of(executed, limits),
                interactor=happened.said.ended,
                interactor_ended_first=happened.interactor_ended_first,
                program_signal=executed.report.signal,
            )
        )
        if verdict is Verdict.JE:
            raise MachineryError(_why(happened))
        checked = Checked(
            accepted=verdict is Verdict.AC,
            message=happened.said.message if verdict in {Verdict.AC, Verdict.WA} else "",
            team_message=happened.said.team_message,
        )
        return event_of(case, executed, verdict, checked, trial.limits, limits)


def _answer(case: Case) -> OpenFile:
    """An interactor finds an answer file in any case, be it empty."""
    return case.answer() or OpenFile(sealed_memory(b"", "answer"))


def _why(happened: Interaction) -> str:
    ended = how_it_ended(happened.report)
    return f"the interactor gave no answer: {ended} {happened.said.message}".strip()
