"""The verdict of one run as a pure function of what was measured, in JUDGE.md's order.

Knows no descriptor, no clock and no checker's words; whatever it does not know is a judge error.
"""

import signal
from dataclasses import dataclass

from contracts.judging import CheckerProtocol
from contracts.verdicts import Verdict
from judge.sandbox.interface import Outcome


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What was measured in one run.

    Attributes:
        outcome: how the sandbox saw it end.
        cpu_time_us: CPU time used; more than `cpu_limit_us` is TLE however it ended.
        cpu_limit_us: the problem's time limit.
        exit_code: set when it exited by itself.
        out_of_memory: the runtime ended itself because its heap was full (Java, JavaScript).
        accepted: what the checker said; None when it was not asked or gave no answer.
        check_broken: the checker itself failed.

    """

    outcome: Outcome
    cpu_time_us: int
    cpu_limit_us: int
    exit_code: int | None = None
    out_of_memory: bool = False
    accepted: bool | None = None
    check_broken: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """How a checker or interactor of the jury's ended.

    Attributes:
        outcome: how the sandbox saw it end.
        exit_code: set when it exited by itself.
        signal: set when a signal ended it.

    """

    outcome: Outcome
    exit_code: int | None = None
    signal: int | None = None


@dataclass(frozen=True, slots=True)
class InteractionFacts:
    """What was measured of a program and an interactor that talked.

    Attributes:
        program: the program's run; its `accepted` is not looked at.
        program_signal: the signal that ended the program.
        interactor: how the interactor ended.
        interactor_ended_first: before the program did.

    """

    program: RunFacts
    interactor: Answered
    interactor_ended_first: bool
    program_signal: int | None = None


_YES = {CheckerProtocol.KATTIS: frozenset({42}), CheckerProtocol.TESTLIB: frozenset({0})}
# testlib: wrong answer, presentation error, dirt behind the end, an end where none should be
_NO = {CheckerProtocol.KATTIS: frozenset({43}), CheckerProtocol.TESTLIB: frozenset({1, 2, 4, 8})}
_TIME = frozenset({Outcome.CPU_LIMIT, Outcome.WALL_LIMIT})


def decide(facts: RunFacts) -> Verdict:
    """The verdict of a run. The order of the questions is the rule book."""
    if facts.outcome in {Outcome.BROKEN, Outcome.CANCELLED} or facts.check_broken:
        return Verdict.JE
    ended_badly = _how_the_program_failed(facts)
    if ended_badly is not None:
        return ended_badly
    if facts.outcome is not Outcome.EXITED or facts.accepted is None:
        return Verdict.JE
    return Verdict.AC if facts.accepted else Verdict.WA


def answer_of(protocol: CheckerProtocol, ended: Answered) -> bool | None:
    """Yes, no, or None: it gave no answer, by crash, limit or an exit code of no meaning."""
    if ended.outcome is not Outcome.EXITED:
        return None
    if ended.exit_code in _YES[protocol]:
        return True
    return False if ended.exit_code in _NO[protocol] else None


def decide_interaction(facts: InteractionFacts) -> Verdict:
    """Who failed first is to blame; time that the program took from the interactor is its own.

    The order of the questions is the rule book, here too.
    """
    program, interactor = facts.program, facts.interactor
    if Outcome.BROKEN in {program.outcome, interactor.outcome}:
        return Verdict.JE
    said = answer_of(CheckerProtocol.KATTIS, interactor)
    if facts.interactor_ended_first and said is not True:
        return _blame_before_the_program_ended(said, interactor)
    if facts.interactor_ended_first and _only_spoke_on(facts):
        return Verdict.AC
    return _blame_after_the_program_ended(program, said, interactor)


_VERDICT_OF_ANSWER = {True: Verdict.AC, False: Verdict.WA, None: Verdict.JE}


def _blame_before_the_program_ended(said: bool | None, interactor: Answered) -> Verdict:  # noqa: FBT001 - an answer, not a switch
    if said is None and interactor.outcome in _TIME:
        return Verdict.TLE
    return _VERDICT_OF_ANSWER[said]


def _blame_after_the_program_ended(
    program: RunFacts,
    said: bool | None,  # noqa: FBT001
    interactor: Answered,
) -> Verdict:
    failed = _how_the_program_failed(program)
    if failed is not None:
        return failed
    if program.outcome is not Outcome.EXITED:
        return Verdict.JE
    if said is None and _ended_by_broken_pipe(interactor.outcome, interactor.signal):
        return Verdict.WA  # it still had something to say to a program that had gone
    return _VERDICT_OF_ANSWER[said]


def _only_spoke_on(facts: InteractionFacts) -> bool:
    """Whether the program did nothing worse than write to an interactor that had accepted."""
    program = facts.program
    in_time = program.cpu_time_us <= program.cpu_limit_us
    return in_time and _ended_by_broken_pipe(program.outcome, facts.program_signal)


def _ended_by_broken_pipe(outcome: Outcome, number: int | None) -> bool:
    return outcome is Outcome.SIGNALLED and number == signal.SIGPIPE


def needs_check(facts: RunFacts) -> bool:
    """Whether the checker has to look at the output to know the verdict."""
    return facts.outcome is Outcome.EXITED and _how_the_program_failed(facts) is None


def _how_the_program_failed(facts: RunFacts) -> Verdict | None:
    if facts.outcome in _TIME or facts.cpu_time_us > facts.cpu_limit_us:
        return Verdict.TLE
    if facts.outcome is Outcome.MEMORY_LIMIT or facts.out_of_memory:
        return Verdict.MLE
    if facts.outcome is Outcome.OUTPUT_LIMIT:
        return Verdict.OLE
    if facts.outcome is Outcome.SIGNALLED:
        return Verdict.RTE
    if facts.outcome is Outcome.EXITED and facts.exit_code != 0:
        return Verdict.RTE
    return None
