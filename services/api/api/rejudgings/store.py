"""The queries on rejudgings: lists, progress, changes, and the doors that close one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from database.models import Rejudging


def add(db: Session, rejudging: Rejudging) -> None:
    """Write a new rejudging."""
    db.add(rejudging)
    db.flush()


_DIFFERS = "(j.verdict, j.points) IS DISTINCT FROM (o.verdict, o.points)"

# A setter sees those whose problems are all theirs, whoever asked for them.
_SEEN = """
    (CAST(:author_id AS uuid) IS NULL OR NOT EXISTS (
        SELECT FROM unnest(r.problem_ids) AS concerned(id)
        LEFT JOIN problems p ON p.id = concerned.id
        WHERE p.author_id IS DISTINCT FROM CAST(:author_id AS uuid)))
"""
_SELECT = f"""
    SELECT r.id, r.reason, r.filter, r.apply, r.created_at, r.applied_at, r.cancelled_at,
           author.username AS author, closer.username AS closed_by,
           CASE WHEN r.cancelled_at IS NOT NULL THEN 'cancelled'
                WHEN r.applied_at IS NOT NULL THEN 'applied'
                WHEN c.queued + c.running > 0 THEN 'judging'
                ELSE 'ready' END AS state,
           r.submission_count AS submissions, c.*, cardinality(r.outdated) AS outdated
    FROM rejudgings r
    LEFT JOIN users author ON author.id = r.author_id
    LEFT JOIN users closer ON closer.id = r.closed_by_id
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE j.state = 'queued') AS queued,
               count(*) FILTER (WHERE j.state IN ('compiling', 'running')) AS running,
               count(*) FILTER (WHERE j.state = 'finished') AS finished,
               count(*) FILTER (WHERE j.verdict <> 'JE' AND {_DIFFERS}) AS changed,
               count(*) FILTER (WHERE j.verdict = 'JE') AS judge_errors
        FROM judgements j LEFT JOIN judgements o ON o.id = j.previous_id
        WHERE j.rejudging_id = r.id
    ) AS c
    WHERE {_SEEN}
"""  # noqa: S608 - constants of this module

ONE = text(f"{_SELECT} AND r.id = :id")


def one(db: Session, rejudging_id: UUID, author_id: UUID | None) -> RowMapping | None:
    """Return a rejudging with its progress, if this setter (None: an admin) may see it."""
    return db.execute(ONE, {"id": rejudging_id, "author_id": author_id}).mappings().first()


PAGE = text(f"""
    {_SELECT} AND (CAST(:before AS uuid) IS NULL OR r.id < CAST(:before AS uuid))
    ORDER BY r.id DESC LIMIT :limit
""")


def page(
    db: Session, author_id: UUID | None, before: UUID | None, limit: int
) -> Sequence[RowMapping]:
    """Return rejudgings, the newest first, one more than asked for."""
    values = {"author_id": author_id, "before": before, "limit": limit + 1}
    return db.execute(PAGE, values).mappings().all()


TRANSITIONS = text("""
    SELECT o.verdict AS old, j.verdict AS new, count(*) AS count
    FROM judgements j LEFT JOIN judgements o ON o.id = j.previous_id
    WHERE j.rejudging_id = :id AND j.state = 'finished'
    GROUP BY o.verdict, j.verdict ORDER BY count(*) DESC, o.verdict, j.verdict
""")


def transitions(db: Session, rejudging_id: UUID) -> Sequence[RowMapping]:
    """Return how often which verdict became which."""
    return db.execute(TRANSITIONS, {"id": rejudging_id}).mappings().all()


CHANGES = text(f"""
    SELECT * FROM (
        SELECT j.id, j.submission_id AS submission, p.slug AS problem, u.username AS "user",
               s.language_id AS language, s.submitted_at, j.state,
               o.verdict AS old_verdict, o.points AS old_points, o.cpu_time_ms AS old_cpu_time_ms,
               j.verdict AS new_verdict, j.points AS new_points, j.cpu_time_ms AS new_cpu_time_ms,
               j.reason, j.finished_at,
               CASE WHEN j.state <> 'finished' THEN 'pending'
                    WHEN j.verdict = 'JE' THEN 'judge_error'
                    WHEN j.submission_id = ANY(r.outdated)
                      OR (r.applied_at IS NULL AND r.cancelled_at IS NULL
                          AND o.valid IS NOT TRUE) THEN 'outdated'
                    WHEN {_DIFFERS} THEN 'changed'
                    ELSE 'same' END AS outcome
        FROM judgements j
        JOIN rejudgings r ON r.id = j.rejudging_id
        JOIN submissions s ON s.id = j.submission_id
        JOIN problems p ON p.id = s.problem_id
        JOIN users u ON u.id = s.user_id
        LEFT JOIN judgements o ON o.id = j.previous_id
        WHERE j.rejudging_id = :id
    ) AS changes
    WHERE (CAST(:outcome AS text) IS NULL OR outcome = :outcome)
      AND (CAST(:after AS uuid) IS NULL OR id > CAST(:after AS uuid))
    ORDER BY id LIMIT :limit
""")  # noqa: S608 - constants of this module


@dataclass(frozen=True)
class Wanted:
    """Which part of the changes is wanted."""

    outcome: str | None
    after: UUID | None
    limit: int


def changes(db: Session, rejudging_id: UUID, wanted: Wanted) -> Sequence[RowMapping]:
    """Return what becomes of the submissions, in their order, one more than asked for."""
    values = {**vars(wanted), "id": rejudging_id, "limit": wanted.limit + 1}
    return db.execute(CHANGES, values).mappings().all()


APPLY = text("SELECT apply_rejudging(:id, :person)")
CANCEL = text("SELECT cancel_rejudging(:id, :person)")


def apply(db: Session, rejudging_id: UUID, person: UUID) -> str:
    """Make the new verdicts count, all at once; say how it went (see the migration 0002)."""
    return str(db.execute(APPLY, {"id": rejudging_id, "person": person}).scalar_one())


def cancel(db: Session, rejudging_id: UUID, person: UUID) -> str:
    """Drop it and what is not judged yet; say how it went."""
    return str(db.execute(CANCEL, {"id": rejudging_id, "person": person}).scalar_one())
