"""The verdict of one run as a pure function of what was measured, in JUDGE.md's order.

Knows no descriptor, no clock and no checker's words; whatever it does not know is a judge error.
"""

from dataclasses import dataclass

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
