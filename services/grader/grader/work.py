"""What a grader holds in its hands: a claim, what is to be judged, and a result."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.judging import JudgingCase, PlaygroundCase, RunFinished, SourceFile
from contracts.queues import Lane
from contracts.verdicts import Verdict


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A judgement that nobody works on."""

    judgement_id: UUID
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class Material:
    """What the database holds about a submission and its problem, as it lies there."""

    language_id: str
    entry_point: str | None
    files: list[SourceFile]
    cpu_time_limit_ms: int
    memory_limit_kib: int
    output_limit_kib: int
    checker: dict[str, Any]
    stop_at_failure: bool
    cases: list[JudgingCase]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A judgement taken by this grader, with its fence.

    Attributes:
        number: every write names it; a higher one means that the judgement was lost.
        failures: claims before this one that ended by a fault of ours.
        created_at: when it was queued, for the time to the verdict.

    """

    judgement_id: UUID
    submission_id: UUID
    user_id: UUID
    number: int
    failures: int
    lane: Lane
    created_at: datetime
    material: Material


@dataclass(frozen=True, kw_only=True)
class PlaygroundMaterial:
    """What is to be run in the playground."""

    language_id: str
    extension: str
    filename: str | None
    source: bytes
    checker: dict[str, Any]
    cases: list[PlaygroundCase]
    on_samples: bool
    cpu_time_limit_ms: int | None
    memory_limit_kib: int | None
    output_limit_kib: int | None


@dataclass(frozen=True, kw_only=True)
class PlaygroundClaim:
    """A playground run taken by this grader, with its fence."""

    run_id: UUID
    number: int
    failures: int
    material: PlaygroundMaterial


@dataclass(frozen=True, kw_only=True)
class Result:
    """How a judgement ended.

    Attributes:
        verdict: of the judgement; None only for a playground run that ran well on own input.
        reason: why JE, for the jury.

    """

    verdict: Verdict | None
    cpu_time_ms: int | None = None
    memory_kib: int | None = None
    points: float | None = None
    max_points: float | None = None
    compile_output: str = ""
    reason: str = ""


@dataclass
class Findings:
    """What the judge has said so far."""

    compiled: bool | None = None
    compile_output: str = ""
    runs: list[RunFinished] = field(default_factory=list)
    finished: bool = False
    broken: str | None = None
