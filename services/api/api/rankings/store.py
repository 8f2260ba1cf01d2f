"""The queries on the ranking and on public profiles; the scheduler writes the ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, literal, select, text, tuple_
from sqlalchemy.orm import Session

from database.models import RankingRow, User


@dataclass(frozen=True)
class RankingItem:
    """A line of the ranking."""

    place: int
    user_id: UUID
    username: str
    display_name: str
    score: int
    solved: int
    submissions: int
    last_solved_at: datetime | None


def find(db: Session, after: tuple[int, UUID] | None, limit: int) -> list[RankingItem]:
    """Return one line more than asked for, from the first place down."""
    query = (
        select(
            RankingRow.place,
            RankingRow.user_id,
            User.username,
            User.display_name,
            RankingRow.score,
            RankingRow.solved,
            RankingRow.submissions,
            RankingRow.last_solved_at,
        )
        .join(User, User.id == RankingRow.user_id)
        .order_by(RankingRow.place, RankingRow.user_id)
        .limit(limit + 1)
    )
    if after is not None:
        mark = tuple_(*(literal(part) for part in after))
        query = query.where(tuple_(RankingRow.place, RankingRow.user_id) > mark)
    return [RankingItem(*row) for row in db.execute(query)]


def count(db: Session) -> int:
    """Return how many people the ranking has."""
    return db.scalar(select(func.count()).select_from(RankingRow)) or 0


PROFILE = text("""
    SELECT u.id, u.username, u.display_name, u.roles, u.created_at,
           r.place, coalesce(r.score, 0) AS score
    FROM users u LEFT JOIN ranking_rows r ON r.user_id = u.id
    WHERE lower(u.username) = lower(:username) AND u.disabled_at IS NULL
""")

TRIED = text("""
    SELECT p.slug, p.number, p.difficulty, min(j.finished_at) FILTER (WHERE j.verdict = 'AC')
               AS solved_at,
           count(*) AS submissions,
           coalesce((SELECT title FROM problem_statements t WHERE t.problem_id = p.id
                     ORDER BY t.locale = :locale DESC, t.locale = 'en' DESC, t.locale LIMIT 1),
                    p.slug) AS title
    FROM submissions s
    JOIN judgements j ON j.submission_id = s.id AND j.valid
    JOIN problems p ON p.id = s.problem_id
    WHERE s.user_id = :user_id AND NOT s.is_jury AND p.visibility = 'public'
    GROUP BY p.id ORDER BY p.number
""")


def profile(db: Session, username: str) -> RowMapping | None:
    """Return what is public about a person."""
    return db.execute(PROFILE, {"username": username}).mappings().first()


def tried(db: Session, user_id: UUID, locale: str) -> Sequence[Any]:
    """Return the public problems that a person has sent programs for."""
    return db.execute(TRIED, {"user_id": user_id, "locale": locale}).mappings().all()
