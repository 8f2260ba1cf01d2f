"""The queries on one problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, select, text
from sqlalchemy.orm import Session

from api.problems.policy import ProblemAccess
from database.models import (
    Judgement,
    Language,
    Problem,
    ProblemStatement,
    ProblemStatistics,
    Submission,
)


@dataclass(frozen=True)
class ProblemRow:
    """A problem with its counts."""

    problem: Problem
    submissions: int
    accepted: int
    solvers: int

    @property
    def access(self) -> ProblemAccess:
        """What the rules need to know."""
        return access_of(self.problem)


def access_of(problem: Problem) -> ProblemAccess:
    """Return what the rules need to know of a problem."""
    return ProblemAccess(problem.author_id, problem.visibility == "public")


def by_slug(db: Session, slug: str) -> ProblemRow | None:
    """Return a problem, whoever may see it."""
    row = db.execute(
        select(
            Problem,
            func.coalesce(ProblemStatistics.submissions, 0),
            func.coalesce(ProblemStatistics.accepted, 0),
            func.coalesce(ProblemStatistics.solvers, 0),
        )
        .outerjoin(ProblemStatistics, ProblemStatistics.problem_id == Problem.id)
        .where(Problem.slug == slug)
    ).first()
    return ProblemRow(*row) if row else None


def lock(db: Session, slug: str) -> Problem | None:
    """Return a problem to change."""
    return db.scalar(select(Problem).where(Problem.slug == slug).with_for_update())


def statements(db: Session, problem_id: UUID) -> Sequence[ProblemStatement]:
    """Return the statements in all languages."""
    return db.scalars(
        select(ProblemStatement)
        .where(ProblemStatement.problem_id == problem_id)
        .order_by(ProblemStatement.locale)
    ).all()


SAMPLES = text("""
    SELECT t.name, i.content AS input, a.content AS answer
    FROM test_cases t
    LEFT JOIN blob_chunks i ON i.sha256 = t.input_sha256 AND i.ordinal = 0
    LEFT JOIN blob_chunks a ON a.sha256 = t.answer_sha256 AND a.ordinal = 0
    WHERE t.data_set_id = :data_set_id AND t.is_sample
    ORDER BY t.ordinal
    LIMIT 20
""")
"""An empty file has no chunk; a sample of more than a megabyte is shown cut."""


def samples(db: Session, data_set_id: UUID | None) -> Sequence[RowMapping]:
    """Return name, input and answer of the samples in one statement."""
    if data_set_id is None:
        return []
    return db.execute(SAMPLES, {"data_set_id": data_set_id}).mappings().all()


def status_of(db: Session, problem_id: UUID, user_id: UUID | None) -> str | None:
    """Return `solved`, `tried` or None for one reader."""
    if user_id is None:
        return None
    solved = db.execute(
        select(func.coalesce(func.bool_or(Judgement.verdict == "AC"), False))
        .select_from(Submission)
        .join(Judgement, (Judgement.submission_id == Submission.id) & Judgement.valid)
        .where(
            Submission.user_id == user_id,
            Submission.problem_id == problem_id,
            Submission.is_jury.is_(False),
        )
        .having(func.count() > 0)
    ).scalar()
    return None if solved is None else "solved" if solved else "tried"


def available_languages(db: Session) -> Sequence[str]:
    """Return the languages that some judge offers now, in their order."""
    return db.scalars(
        select(Language.id).where(Language.available).order_by(Language.position)
    ).all()


TAGS = text("""
    SELECT tag, count(*) AS problems
    FROM problems, unnest(tags) AS tag
    WHERE visibility = 'public'
    GROUP BY tag ORDER BY count(*) DESC, tag
    LIMIT 500
""")


def tags(db: Session) -> Sequence[Any]:
    """Return the tags of public problems with how many problems have each."""
    return db.execute(TAGS).mappings().all()
