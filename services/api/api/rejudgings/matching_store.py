"""Which submissions a filter means, and putting their judgements into the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from api.rejudgings.filters import REJECTED, Filter
from contracts.queues import Lane
from database.base import new_id


@dataclass(frozen=True)
class Match:
    """A submission that would be judged again, on the data set that its problem has now."""

    submission_id: UUID
    problem_id: UUID
    problem: str
    data_set_id: UUID
    previous_id: UUID
    verdict: str | None
    is_taken: bool
    """An open rejudging has it already."""


# What waits for its first judging on the current data is about to be judged anyway.
_MATCHES = """
    SELECT s.id AS submission_id, p.id AS problem_id, p.slug AS problem, p.data_set_id,
           j.id AS previous_id, j.verdict,
           EXISTS (SELECT FROM judgements o JOIN rejudgings r ON r.id = o.rejudging_id
                   WHERE o.submission_id = s.id AND r.applied_at IS NULL
                     AND r.cancelled_at IS NULL) AS is_taken
    FROM submissions s
    JOIN problems p ON p.id = s.problem_id AND p.data_set_id IS NOT NULL
    JOIN judgements j ON j.submission_id = s.id AND j.valid
    WHERE (j.state = 'finished' OR j.data_set_id <> p.data_set_id)
"""
_CONDITIONS = {
    "author_id": "p.author_id = :author_id",
    "submission": "s.id = :submission",
    "problem": "p.slug = :problem",
    "language": "s.language_id = :language",
    "user": "s.user_id = (SELECT id FROM users WHERE lower(username) = lower(:user))",
    "verdict": "j.verdict = :verdict",
    REJECTED: "j.verdict <> 'AC'",
    "since": "s.submitted_at >= :since",
    "until": "s.submitted_at < :until",
}


def find(db: Session, wanted: Filter, author_id: UUID | None, at_most: int) -> list[Match]:
    """Return what a filter means, the oldest first.

    Args:
        db: the session.
        wanted: with at least one condition.
        author_id: only problems of this setter; None: of everybody.
        at_most: one more than this is returned where there are more.

    """
    values: dict[str, Any] = wanted.given()
    names = set(values)
    if wanted.verdict == REJECTED:
        names = (names - {"verdict"}) | {REJECTED}
    if author_id is not None:
        names.add("author_id")
    conditions = [_CONDITIONS[name] for name in sorted(names)]
    if wanted.submission is None:
        # The jury's own programs are judged again one by one, with the problem's data.
        conditions.append("NOT s.is_jury")
    query = text(f"{_MATCHES} AND {' AND '.join(conditions)} ORDER BY s.id LIMIT :most")
    rows = db.execute(query, {**values, "author_id": author_id, "most": at_most + 1})
    return [Match(**row) for row in rows.mappings()]


# Two at the same time could both find the same submission free.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('codeplace rejudgings'))")


def one_at_a_time(db: Session) -> None:
    """Wait until no other rejudging is being made."""
    db.execute(ONE_AT_A_TIME)


INSERT = text(f"""
    INSERT INTO judgements (id, submission_id, data_set_id, previous_id, rejudging_id, lane, valid,
                            not_before, created_at)
    SELECT one.*, :rejudging_id, '{Lane.REJUDGE.value}', false, :now, :now
    FROM unnest(CAST(:ids AS uuid[]), CAST(:submissions AS uuid[]), CAST(:data_sets AS uuid[]),
                CAST(:previous AS uuid[])) AS one
""")  # noqa: S608 - a constant


def enqueue(db: Session, rejudging_id: UUID, matches: Sequence[Match], now: datetime) -> list[UUID]:
    """Add a judgement for each submission beside its valid one, in one statement."""
    # In the order of the submissions: a lane is looked at in the order of ids.
    ids = [new_id() for _ in matches]
    db.execute(
        INSERT,
        {
            "rejudging_id": rejudging_id,
            "now": now,
            "ids": ids,
            "submissions": [match.submission_id for match in matches],
            "data_sets": [match.data_set_id for match in matches],
            "previous": [match.previous_id for match in matches],
        },
    )
    return ids
