"""The closed lists of verdicts and states, in one place for SQL, Python, JSON and the page.

An unknown value is an error where it is read; it never becomes a pass.
"""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """How a run, or a whole judgement, ended. Ids as in the ICPC Contest API where it has them."""

    AC = "AC"
    """Accepted."""
    WA = "WA"
    """Wrong answer."""
    TLE = "TLE"
    """Time limit exceeded (CPU time, or the wall clock of an idle program)."""
    MLE = "MLE"
    """Memory limit exceeded."""
    OLE = "OLE"
    """Output limit exceeded."""
    RTE = "RTE"
    """Run-time error: a signal or a non-zero exit."""
    CE = "CE"
    """Compile error: of a judgement, never of a run."""
    JE = "JE"
    """Judge error: our machinery failed. Never counted against anybody, retried by itself."""
    PT = "PT"
    """Partial points: of a judgement or a run in a scored problem."""
    SK = "SK"
    """Skipped: of a run that the plan did not need any more, never of a judgement."""


class State(StrEnum):
    """Where a judgement or a playground run is on its way.

    ```mermaid
    stateDiagram-v2
        [*] --> queued
        queued --> compiling: a grader claims it
        compiling --> running: compiled
        compiling --> finished: CE, JE
        running --> finished
        compiling --> queued: handed back, or claimed anew after its lease
        running --> queued: handed back, or claimed anew after its lease
        finished --> [*]
    ```
    """

    QUEUED = "queued"
    COMPILING = "compiling"
    RUNNING = "running"
    FINISHED = "finished"


RUN_VERDICTS = frozenset(Verdict) - {Verdict.CE}
JUDGEMENT_VERDICTS = frozenset(Verdict) - {Verdict.SK}
