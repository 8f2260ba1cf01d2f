"""Fakes of the grader's ports. They announce themselves by their names; only tests use them.

`FakeJudge`, an HTTP server that speaks the judge's contract, is given out from here as well.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from contracts.judging import (
    Event,
    JudgingRequest,
    PlaygroundRequest,
    RunFinished,
)
from contracts.queues import Lane
from contracts.verdicts import State, Verdict
from grader.fake_judge import SECRET, FakeJudge
from grader.work import Claim, Material, Result, Waiting

__all__ = [
    "SECRET",
    "FakeAnnouncer",
    "FakeClock",
    "FakeJudge",
    "FakeJudges",
    "FakeRoom",
    "FakeRow",
    "MemoryJudgements",
]


class FakeClock:
    """Time that moves when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """Return the time that was set."""
        return self.now


class FakeAnnouncer:
    """Keeps the doorbells."""

    def __init__(self) -> None:
        self.rung: list[UUID] = []

    def submission(self, submission_id: UUID) -> None:
        """Keep it."""
        self.rung.append(submission_id)

    def playground_run(self, run_id: UUID) -> None:
        """Keep it."""
        self.rung.append(run_id)


class FakeRoom:
    """A room whose judge says what it was told to; an exception in the list is raised."""

    def __init__(self, script: Sequence[Event | Exception | None]) -> None:
        self._script = script
        self.requests: list[JudgingRequest | PlaygroundRequest] = []
        self.trace_ids: list[str] = []
        self.closed = False

    def judge(
        self, request: JudgingRequest | PlaygroundRequest, trace_id: str
    ) -> Generator[Event | None, None, None]:
        """Say it."""
        self.requests.append(request)
        self.trace_ids.append(trace_id)
        try:
            for item in self._script:
                if isinstance(item, Exception):
                    raise item
                yield item
        finally:
            self.closed = True


class FakeJudges:
    """Judges that always have room."""

    def __init__(self, *script: Event | Exception | None) -> None:
        self.held = FakeRoom(script)

    @contextmanager
    def room(self) -> Iterator[FakeRoom]:
        """Give the room."""
        yield self.held


@dataclass
class FakeRow:
    """A judgement as `MemoryJudgements` keeps it."""

    judgement_id: UUID
    user_id: UUID
    material: Material
    lane: Lane = Lane.PRACTICE
    state: State = State.QUEUED
    claim: int = 0
    lease_until: float | None = None
    not_before: float = 0.0
    failures: int = 0
    result: Result | None = None
    runs: dict[int, RunFinished] = field(default_factory=dict)


class MemoryJudgements:
    """Judgements in memory, with the same fences as the ones in PostgreSQL."""

    def __init__(self, clock: FakeClock, lease_s: float = 10.0) -> None:
        self._clock = clock
        self._lease_s = lease_s
        self.rows: dict[UUID, FakeRow] = {}

    def add(self, row: FakeRow) -> None:
        """Queue a judgement."""
        self.rows[row.judgement_id] = row

    def waiting(self, lane: Lane) -> list[Waiting]:
        """Return what may be claimed."""
        return [
            Waiting(judgement_id=row.judgement_id, user_id=row.user_id)
            for row in self.rows.values()
            if row.lane is lane and self._is_free(row)
        ]

    def claim(self, candidates: Sequence[UUID]) -> Claim | None:
        """Take the first that is free."""
        for judgement_id in candidates:
            row = self.rows.get(judgement_id)
            if row is None or not self._is_free(row):
                continue
            row.failures += row.lease_until is not None
            row.claim += 1
            row.state = State.COMPILING
            row.lease_until = self._clock.now + self._lease_s
            row.runs.clear()
            return Claim(
                judgement_id=judgement_id,
                submission_id=judgement_id,
                user_id=row.user_id,
                number=row.claim,
                failures=row.failures,
                lane=row.lane,
                created_at=datetime.now(UTC),
                material=row.material,
            )
        return None

    def record(self, claim: Claim, state: State, runs: Sequence[RunFinished]) -> bool:
        """Write progress."""
        row = self._fenced(claim)
        if row is None:
            return False
        row.state = state
        row.lease_until = self._clock.now + self._lease_s
        row.runs.update((run.ordinal, run) for run in runs)
        return True

    def prolong(self, claim: Claim) -> bool:
        """Hold on."""
        row = self._fenced(claim)
        if row is None:
            return False
        row.lease_until = self._clock.now + self._lease_s
        return True

    def finish(self, claim: Claim, result: Result, runs: Sequence[RunFinished]) -> bool:
        """Write the verdict."""
        row = self._fenced(claim)
        if row is None:
            return False
        row.state, row.result, row.lease_until = State.FINISHED, result, None
        if result.verdict is Verdict.JE:
            row.runs.clear()
        else:
            row.runs.update((run.ordinal, run) for run in runs)
        return True

    def hand_back(self, claim: Claim, *, delay_s: float, failed: bool, reason: str) -> bool:
        """Let go."""
        del reason
        row = self._fenced(claim)
        if row is None or row.lease_until is None:
            return False
        row.state, row.lease_until = State.QUEUED, None
        row.failures += failed
        row.not_before = self._clock.now + delay_s
        row.runs.clear()
        return True

    def _is_free(self, row: FakeRow) -> bool:
        over = row.lease_until is None or row.lease_until < self._clock.now
        return row.state is not State.FINISHED and row.not_before <= self._clock.now and over

    def _fenced(self, claim: Claim) -> FakeRow | None:
        row = self.rows[claim.judgement_id]
        held = row.claim == claim.number and row.state is not State.FINISHED
        return row if held else None
