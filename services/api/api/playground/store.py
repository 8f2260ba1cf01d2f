"""The queries on playground runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from api.problems.policy import ProblemAccess

PROBLEM = text("""
    SELECT p.id, p.author_id, p.visibility = 'public' AS is_public, p.languages,
           p.source_limit_bytes,
           EXISTS (SELECT 1 FROM test_cases t
                   WHERE t.data_set_id = p.data_set_id AND t.is_sample) AS has_samples
    FROM problems p WHERE p.slug = :slug
""")


@dataclass(frozen=True)
class PlaygroundProblem:
    """The problem whose samples and limits are used."""

    id: UUID
    access: ProblemAccess
    languages: list[str] | None
    source_limit_bytes: int
    has_samples: bool


def problem(db: Session, slug: str) -> PlaygroundProblem | None:
    """Return a problem, whoever may see it."""
    row = db.execute(PROBLEM, {"slug": slug}).mappings().first()
    if row is None:
        return None
    return PlaygroundProblem(
        row["id"],
        ProblemAccess(row["author_id"], row["is_public"]),
        row["languages"],
        row["source_limit_bytes"],
        row["has_samples"],
    )


@dataclass(frozen=True)
class NewRun:
    """A playground run about to be written."""

    id: UUID
    user_id: UUID
    problem_id: UUID | None
    language_id: str
    filename: str | None
    source: bytes
    stdin: bytes | None
    created_at: datetime


INSERT = text("""
    INSERT INTO playground_runs (id, user_id, problem_id, language_id, filename, source, stdin,
                                 created_at)
    VALUES (:id, :user_id, :problem_id, :language_id, :filename, :source, :stdin, :created_at)
""")


def insert(db: Session, new: NewRun) -> None:
    """Write a playground run."""
    db.execute(INSERT, vars(new))


ONE = text("""
    SELECT r.id, r.user_id, r.language_id AS language, r.state, r.verdict, r.compile_output,
           r.reason, r.created_at, r.finished_at, p.slug AS problem
    FROM playground_runs r LEFT JOIN problems p ON p.id = r.problem_id
    WHERE r.id = :id
""")

CASES = text("""
    SELECT c.ordinal, c.verdict, c.stdout, c.stderr, c.output_truncated, c.cpu_time_ms,
           c.wall_time_ms, c.memory_kib, c.exit_code, c.signal, c.message
    FROM playground_cases c WHERE c.playground_run_id = :id ORDER BY c.ordinal
""")


def one(db: Session, run_id: UUID) -> RowMapping | None:
    """Return a playground run, whoever may see it."""
    return db.execute(ONE, {"id": run_id}).mappings().first()


def cases(db: Session, run_id: UUID) -> Sequence[RowMapping]:
    """Return what the program did on each input so far."""
    return db.execute(CASES, {"id": run_id}).mappings().all()
