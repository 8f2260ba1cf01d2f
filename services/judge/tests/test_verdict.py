"""The rule book: JUDGE.md's order, every branch of it."""

from dataclasses import replace

import pytest

from contracts.judging import CheckerProtocol
from contracts.verdicts import Verdict
from judge.sandbox.interface import Outcome
from judge.verdict import (
    Answered,
    InteractionFacts,
    RunFacts,
    answer_of,
    decide,
    decide_interaction,
    needs_check,
)

FINE = RunFacts(Outcome.EXITED, cpu_time_us=10, cpu_limit_us=1000, exit_code=0, accepted=True)


def test_a_clean_exit_with_the_checkers_yes_is_accepted() -> None:
    assert decide(FINE) is Verdict.AC


def test_a_clean_exit_with_the_checkers_no_is_wrong() -> None:
    assert decide(replace(FINE, accepted=False)) is Verdict.WA


def test_a_clean_exit_that_nobody_checked_is_our_fault() -> None:
    assert decide(replace(FINE, accepted=None)) is Verdict.JE


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome.BROKEN, Verdict.JE),
        (Outcome.CANCELLED, Verdict.JE),
        (Outcome.CPU_LIMIT, Verdict.TLE),
        (Outcome.WALL_LIMIT, Verdict.TLE),
        (Outcome.MEMORY_LIMIT, Verdict.MLE),
        (Outcome.OUTPUT_LIMIT, Verdict.OLE),
        (Outcome.SIGNALLED, Verdict.RTE),
    ],
)
def test_an_outcome_decides_whatever_a_checker_would_say(
    outcome: Outcome, verdict: Verdict
) -> None:
    facts = replace(FINE, outcome=outcome, exit_code=None)
    assert decide(facts) is verdict
    assert not needs_check(facts)


def test_every_outcome_has_a_verdict_and_only_an_exit_can_pass() -> None:
    for outcome in Outcome:
        verdict = decide(replace(FINE, outcome=outcome))
        assert (verdict is Verdict.AC) == (outcome is Outcome.EXITED)


def test_a_non_zero_exit_is_a_run_time_error() -> None:
    assert decide(replace(FINE, exit_code=1)) is Verdict.RTE
    assert decide(replace(FINE, exit_code=None)) is Verdict.RTE


def test_time_comes_before_memory_and_crash() -> None:
    slow = replace(FINE, cpu_time_us=1001, exit_code=1, out_of_memory=True)
    assert decide(slow) is Verdict.TLE
    assert decide(replace(slow, outcome=Outcome.MEMORY_LIMIT)) is Verdict.TLE


def test_exactly_the_limit_is_in_time() -> None:
    assert decide(replace(FINE, cpu_time_us=1000)) is Verdict.AC


def test_a_full_heap_comes_before_the_crash_that_it_caused() -> None:
    crash = replace(FINE, outcome=Outcome.SIGNALLED, exit_code=None, out_of_memory=True)
    assert decide(crash) is Verdict.MLE


def test_a_broken_checker_is_our_fault() -> None:
    assert decide(replace(FINE, check_broken=True)) is Verdict.JE


def test_an_outcome_that_nobody_knows_is_our_fault() -> None:
    unknown = replace(FINE, outcome="dangerous")  # type: ignore[arg-type]
    assert decide(unknown) is Verdict.JE


def test_only_a_clean_exit_in_time_is_checked() -> None:
    assert needs_check(FINE)
    assert not needs_check(replace(FINE, exit_code=1))
    assert not needs_check(replace(FINE, cpu_time_us=2000))


KATTIS, TESTLIB = CheckerProtocol.KATTIS, CheckerProtocol.TESTLIB
YES = Answered(Outcome.EXITED, exit_code=42)
NO = Answered(Outcome.EXITED, exit_code=43)
CRASHED = Answered(Outcome.SIGNALLED, signal=6)
PIPE = Answered(Outcome.SIGNALLED, signal=13)
LATE = Answered(Outcome.CPU_LIMIT)
BAD = replace(FINE, exit_code=1)
SLOW = replace(FINE, outcome=Outcome.WALL_LIMIT, exit_code=None)
ENDED = replace(FINE, outcome=Outcome.CANCELLED, exit_code=None)
KILLED = replace(FINE, outcome=Outcome.SIGNALLED, exit_code=None)


@pytest.mark.parametrize(
    ("protocol", "exit_code", "answer"),
    [
        (KATTIS, 42, True),
        (KATTIS, 43, False),
        (KATTIS, 0, None),
        (KATTIS, 1, None),
        (TESTLIB, 0, True),
        (TESTLIB, 1, False),
        (TESTLIB, 2, False),
        (TESTLIB, 3, None),
        (TESTLIB, 4, False),
        (TESTLIB, 7, None),
        (TESTLIB, 8, False),
        (TESTLIB, 42, None),
        (TESTLIB, None, None),
    ],
)
def test_a_checkers_exit_code_is_its_answer(
    protocol: CheckerProtocol, exit_code: int | None, *, answer: bool | None
) -> None:
    assert answer_of(protocol, Answered(Outcome.EXITED, exit_code)) is answer


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.EXITED])
def test_a_checker_that_did_not_exit_gave_no_answer(outcome: Outcome) -> None:
    assert answer_of(KATTIS, Answered(outcome, exit_code=42)) is None


@pytest.mark.parametrize(
    ("program", "interactor", "first", "verdict"),
    [
        (FINE, YES, False, Verdict.AC),
        (FINE, YES, True, Verdict.AC),
        (FINE, NO, False, Verdict.WA),
        (FINE, NO, True, Verdict.WA),
        (BAD, YES, True, Verdict.RTE),
        (BAD, YES, False, Verdict.RTE),
        (BAD, NO, True, Verdict.WA),
        (BAD, NO, False, Verdict.RTE),
        (SLOW, NO, True, Verdict.WA),
        (SLOW, NO, False, Verdict.TLE),
        (SLOW, YES, True, Verdict.TLE),
        (ENDED, NO, True, Verdict.WA),
        (ENDED, LATE, True, Verdict.TLE),
        (ENDED, CRASHED, True, Verdict.JE),
        (ENDED, YES, True, Verdict.JE),
        (BAD, CRASHED, False, Verdict.RTE),
        (BAD, LATE, False, Verdict.RTE),
        (BAD, PIPE, False, Verdict.RTE),
        (FINE, CRASHED, False, Verdict.JE),
        (FINE, LATE, False, Verdict.JE),
        (FINE, PIPE, False, Verdict.WA),
        (FINE, PIPE, True, Verdict.JE),
        (FINE, Answered(Outcome.EXITED, 0), False, Verdict.JE),
        (FINE, Answered(Outcome.BROKEN), False, Verdict.JE),
        (replace(FINE, outcome=Outcome.BROKEN), NO, True, Verdict.JE),
    ],
)
def test_who_failed_first_is_to_blame(
    program: RunFacts, interactor: Answered, *, first: bool, verdict: Verdict
) -> None:
    assert decide_interaction(InteractionFacts(program, interactor, first)) is verdict


@pytest.mark.parametrize(
    ("cpu_time_us", "number", "first", "verdict"),
    [
        (10, 13, True, Verdict.AC),
        (10, 13, False, Verdict.RTE),
        (10, 11, True, Verdict.RTE),
        (1001, 13, True, Verdict.TLE),
    ],
)
def test_speaking_on_after_it_was_accepted_is_no_failure(
    cpu_time_us: int, number: int, *, first: bool, verdict: Verdict
) -> None:
    program = replace(KILLED, cpu_time_us=cpu_time_us)
    facts = InteractionFacts(program, YES, first, program_signal=number)
    assert decide_interaction(facts) is verdict
