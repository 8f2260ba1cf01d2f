"""The rule book: JUDGE.md's order, every branch of it."""

from dataclasses import replace

import pytest

from contracts.verdicts import Verdict
from judge.sandbox.interface import Outcome
from judge.verdict import RunFacts, decide, needs_check

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
