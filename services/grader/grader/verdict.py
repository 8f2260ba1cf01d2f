"""Decides the verdict of a judgement from what the judge reported. Pure.

The order of the checks is the rule book: whether our machinery worked comes first, and whatever
is not known to be right is JE, never AC.
"""

from __future__ import annotations

from collections.abc import Sequence

from contracts.judging import RunFinished
from contracts.verdicts import RUN_VERDICTS, Verdict
from grader.errors import JudgeBrokenError
from grader.work import Findings

DECIDING = RUN_VERDICTS - {Verdict.AC, Verdict.SK, Verdict.JE}
"""The first run with one of these decides."""


def decide(findings: Findings, expected: Sequence[int]) -> Verdict:
    """Return the verdict of a judgement.

    Args:
        findings: all that the judge said.
        expected: the ordinals of the test cases, in the order in which they were to be run.

    Raises:
        JudgeBrokenError: the machinery failed, or said something that cannot be.

    """
    if findings.broken is not None:
        raise JudgeBrokenError(findings.broken)
    if not findings.finished or findings.compiled is None:
        raise JudgeBrokenError("The judge ended without finishing.")
    if not findings.compiled:
        if findings.runs:
            raise JudgeBrokenError("The judge ran a program that did not compile.")
        return Verdict.CE
    found = [run.ordinal for run in findings.runs]
    if found != list(expected) or not found:
        raise JudgeBrokenError(f"The judge ran the cases {found}, not {list(expected)}.")
    return _of_runs(findings.runs)


def _of_runs(runs: Sequence[RunFinished]) -> Verdict:
    for run in runs:
        if run.verdict is Verdict.JE:
            raise JudgeBrokenError(run.message or f"Test case {run.ordinal} could not be judged.")
    for run in runs:
        if run.verdict in DECIDING:
            return run.verdict
        if run.verdict is not Verdict.AC:
            raise JudgeBrokenError(f"Test case {run.ordinal} ended as {run.verdict.value}.")
    return Verdict.AC
