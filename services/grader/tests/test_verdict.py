from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.judging import RunFinished
from contracts.verdicts import JUDGEMENT_VERDICTS, RUN_VERDICTS, Verdict
from grader.errors import JudgeBrokenError
from grader.verdict import decide
from grader.work import Findings


def findings(*verdicts: Verdict, compiled: bool | None = True, finished: bool = True) -> Findings:
    return Findings(
        compiled=compiled,
        runs=[RunFinished(ordinal=n, verdict=verdict) for n, verdict in enumerate(verdicts, 1)],
        finished=finished,
    )


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["AC"], "AC"),
        (["AC", "AC", "AC"], "AC"),
        (["AC", "WA", "TLE"], "WA"),
        (["TLE", "WA"], "TLE"),
        (["AC", "RTE", "SK", "SK"], "RTE"),
        (["MLE", "SK"], "MLE"),
        (["AC", "OLE"], "OLE"),
        (["PT", "AC"], "PT"),
    ],
)
def test_the_first_run_that_is_not_accepted_decides(verdicts: list[str], expected: str) -> None:
    said = findings(*map(Verdict, verdicts))
    assert decide(said, range(1, len(verdicts) + 1)) is Verdict(expected)


def test_a_program_that_does_not_compile_is_ce() -> None:
    assert decide(findings(compiled=False), [1, 2]) is Verdict.CE


@pytest.mark.parametrize(
    "said",
    [
        findings(Verdict.AC, finished=False),
        findings(Verdict.AC, compiled=None),
        findings(Verdict.AC, compiled=False),
        findings(),
        findings(Verdict.AC, Verdict.AC),
        findings(Verdict.JE),
        findings(Verdict.SK),
        findings(Verdict.CE),
        Findings(compiled=True, finished=True, broken="no disk"),
    ],
    ids=[
        "cut off",
        "never compiled",
        "ran what did not compile",
        "ran nothing",
        "ran too much",
        "a run that could not be judged",
        "skipped without a reason",
        "a run cannot fail to compile",
        "says that it is broken",
    ],
)
def test_a_fault_of_ours_is_never_a_verdict(said: Findings) -> None:
    with pytest.raises(JudgeBrokenError):
        decide(said, [1])


def test_a_fault_of_ours_outweighs_an_earlier_wrong_answer() -> None:
    with pytest.raises(JudgeBrokenError, match="Test case 2"):
        decide(findings(Verdict.WA, Verdict.JE), [1, 2])


def test_cases_out_of_order_are_a_fault_of_ours() -> None:
    with pytest.raises(JudgeBrokenError, match="ran the cases"):
        decide(findings(Verdict.AC, Verdict.AC), [2, 1])


@given(st.lists(st.sampled_from(sorted(RUN_VERDICTS)), min_size=1, max_size=8))
def test_accepted_means_that_every_run_was(verdicts: list[Verdict]) -> None:
    expected = range(1, len(verdicts) + 1)
    try:
        verdict = decide(findings(*verdicts), expected)
    except JudgeBrokenError:
        assert {Verdict.JE, Verdict.SK} & set(verdicts)
        return
    assert verdict in JUDGEMENT_VERDICTS
    assert (verdict is Verdict.AC) == (set(verdicts) == {Verdict.AC})
