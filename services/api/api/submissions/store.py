"""The queries on submissions; the hot ones are one statement of plain SQL each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from api.problems.policy import ProblemAccess

QUEUE_COUNT_LIMIT = 1000
"""Beyond this the exact place in the queue says nothing to a person and costs a scan."""


@dataclass(frozen=True)
class Target:
    """The problem that a program is sent for."""

    id: UUID
    slug: str
    number: int
    title: str
    access: ProblemAccess
    languages: list[str] | None
    source_limit_bytes: int
    data_set_id: UUID | None
    test_case_count: int


TARGET = text("""
    SELECT p.id, p.slug, p.number, p.author_id, p.visibility = 'public' AS is_public, p.languages,
           p.source_limit_bytes, p.data_set_id, coalesce(d.test_case_count, 0) AS test_case_count,
           coalesce((SELECT title FROM problem_statements t WHERE t.problem_id = p.id
                     ORDER BY t.locale = :locale DESC, t.locale = 'en' DESC, t.locale LIMIT 1),
                    p.slug) AS title
    FROM problems p LEFT JOIN data_sets d ON d.id = p.data_set_id
    WHERE p.slug = :slug
""")


def target(db: Session, slug: str, locale: str) -> Target | None:
    """Return what must be known of a problem to take a program for it."""
    row = db.execute(TARGET, {"slug": slug, "locale": locale}).mappings().first()
    if row is None:
        return None
    values = dict(row)
    access = ProblemAccess(values.pop("author_id"), values.pop("is_public"))
    return Target(access=access, **values)


@dataclass(frozen=True)
class NewSubmission:
    """A submission with its first judgement, about to be written."""

    id: UUID
    judgement_id: UUID
    user_id: UUID
    problem_id: UUID
    data_set_id: UUID
    language_id: str
    entry_point: str | None
    source_bytes: int
    ip_address: str
    lane: str
    submitted_at: datetime
    names: list[str]
    contents: list[bytes]


# One statement, so that a burst costs one round trip each, and nothing can be half-written.
INSERT = text("""
    WITH submission AS (
        INSERT INTO submissions (id, user_id, problem_id, language_id, entry_point, source_bytes,
                                 ip_address, submitted_at)
        VALUES (:id, :user_id, :problem_id, :language_id, :entry_point, :source_bytes,
                :ip_address, :submitted_at)
    ), files AS (
        INSERT INTO submission_files (submission_id, ordinal, name, content)
        SELECT :id, f.ordinality - 1, f.name, f.content
        FROM unnest(CAST(:names AS text[]), CAST(:contents AS bytea[]))
             WITH ORDINALITY AS f(name, content, ordinality)
    )
    INSERT INTO judgements (id, submission_id, data_set_id, lane, valid, not_before, created_at)
    VALUES (:judgement_id, :id, :data_set_id, :lane, true, :submitted_at, :submitted_at)
""")


def insert(db: Session, new: NewSubmission) -> None:
    """Write a submission, its files and its first judgement."""
    db.execute(INSERT, vars(new))


_COLUMNS = """
    s.id, s.user_id, s.language_id AS language, s.source_bytes, s.is_jury, s.submitted_at,
    u.username AS "user", p.slug AS problem, p.number AS problem_number,
    coalesce((SELECT title FROM problem_statements t WHERE t.problem_id = p.id
              ORDER BY t.locale = :locale DESC, t.locale = 'en' DESC, t.locale LIMIT 1),
             p.slug) AS problem_title,
    p.author_id, p.visibility = 'public' AS is_public,
    j.state, j.verdict, j.points, j.max_points, j.cpu_time_ms, j.memory_kib, j.finished_at,
    d.test_case_count
"""
_TABLES = """
    submissions s
    JOIN users u ON u.id = s.user_id
    JOIN problems p ON p.id = s.problem_id
    JOIN judgements j ON j.submission_id = s.id AND j.valid
    JOIN data_sets d ON d.id = j.data_set_id
"""

ONE = text(
    f"""
    SELECT {_COLUMNS}, s.entry_point, j.id AS judgement_id, j.lane, j.compile_output, j.reason
    FROM {_TABLES}
    WHERE s.id = :id
    """  # noqa: S608 - constants of this module
)


def one(db: Session, submission_id: UUID, locale: str) -> RowMapping | None:
    """Return a submission with its valid judgement, whoever may see it."""
    return db.execute(ONE, {"id": submission_id, "locale": locale}).mappings().first()


RUNS = text("""
    SELECT r.ordinal, t.name, t.group_name, t.is_sample, r.verdict, r.cpu_time_ms, r.wall_time_ms,
           r.memory_kib, r.points, r.exit_code, r.signal, r.message
    FROM runs r
    JOIN judgements j ON j.id = r.judgement_id
    JOIN test_cases t ON t.data_set_id = j.data_set_id AND t.ordinal = r.ordinal
    WHERE r.judgement_id = :judgement_id
    ORDER BY r.ordinal
""")


def runs(db: Session, judgement_id: UUID) -> Sequence[RowMapping]:
    """Return the runs so far, in order."""
    return db.execute(RUNS, {"judgement_id": judgement_id}).mappings().all()


# The partial index on unfinished judgements holds (lane, id); ids are in the order of arrival.
QUEUE_POSITION = text("""
    SELECT count(*) + 1 FROM (
        SELECT 1 FROM judgements
        WHERE lane = :lane AND state <> 'finished' AND state = 'queued' AND id < :judgement_id
        LIMIT :most
    ) AS before
""")


def queue_position(db: Session, lane: str, judgement_id: UUID) -> int:
    """Return the place in the queue, from 1, counted to a thousand."""
    parameters = {"lane": lane, "judgement_id": judgement_id, "most": QUEUE_COUNT_LIMIT}
    return int(db.execute(QUEUE_POSITION, parameters).scalar_one())


FILES = text("""
    SELECT name, content FROM submission_files WHERE submission_id = :id ORDER BY ordinal
""")


def files(db: Session, submission_id: UUID) -> Sequence[RowMapping]:
    """Return the files of a submission."""
    return db.execute(FILES, {"id": submission_id}).mappings().all()


@dataclass(frozen=True)
class Filters:
    """What is wanted of the list, and who wants it."""

    reader_id: UUID | None
    sees_everything: bool
    locale: str
    user: str | None = None
    problem: str | None = None
    verdict: str | None = None
    language: str | None = None
    state: str | None = None


_CONDITIONS = """
    NOT s.is_jury
    AND (:sees_everything OR p.visibility = 'public' OR s.user_id = :reader_id
         OR p.author_id = :reader_id)
"""
_OPTIONAL = {
    "user": "s.user_id = (SELECT id FROM users WHERE lower(username) = lower(:user))",
    "problem": "s.problem_id = (SELECT id FROM problems WHERE slug = :problem)",
    "verdict": "j.verdict = :verdict",
    "language": "s.language_id = :language",
    "state": "j.state = :state",
}

COUNT_LIMIT = 10_000
"""More are not counted: an exact number of a million rows costs a scan of each request."""


def find(db: Session, filters: Filters, before: UUID | None, limit: int) -> Sequence[RowMapping]:
    """Return submissions, the newest first, one more than asked for."""
    where = _where(filters)
    if before is not None:
        where += " AND s.id < :before"
    query = text(
        f"SELECT {_COLUMNS} FROM {_TABLES} WHERE {where} ORDER BY s.id DESC LIMIT :limit"  # noqa: S608 - constants of this module, values are bound
    )
    return (
        db.execute(query, {**vars(filters), "before": before, "limit": limit + 1}).mappings().all()
    )


def count(db: Session, filters: Filters) -> int | None:
    """Return how many there are, or None when that is more than is counted."""
    query = text(
        f"SELECT count(*) FROM (SELECT 1 FROM {_TABLES} WHERE {_where(filters)} LIMIT :most) AS f"  # noqa: S608 - likewise
    )
    found: Any = db.execute(query, {**vars(filters), "most": COUNT_LIMIT + 1}).scalar_one()
    return int(found) if found <= COUNT_LIMIT else None


def _where(filters: Filters) -> str:
    chosen = [sql for name, sql in _OPTIONAL.items() if getattr(filters, name) is not None]
    return " AND ".join([_CONDITIONS, *chosen])
