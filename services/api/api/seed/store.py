"""The few queries of the seed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from database.models import Announcement, Problem, User


def slugs(db: Session) -> set[str]:
    """Return the keys of all problems."""
    return set(db.scalars(select(Problem.slug)))


def user_id(db: Session, username: str) -> UUID | None:
    """Return somebody's id."""
    return db.scalar(select(User.id).where(func.lower(User.username) == username))


def adopt(db: Session, slugs: list[str], author_id: UUID) -> None:
    """Give those of the problems that have no author to somebody."""
    db.execute(
        update(Problem)
        .where(Problem.slug.in_(slugs), Problem.author_id.is_(None))
        .values(author_id=author_id)
    )


def has_announcement(db: Session, title: str) -> bool:
    """Tell whether there is an announcement with this English title."""
    query = select(Announcement.id).where(Announcement.title_en == title).limit(1)
    return db.scalar(query) is not None


def add_announcement(db: Session, announcement: Announcement) -> None:
    """Add an announcement."""
    db.add(announcement)
