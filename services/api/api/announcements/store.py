"""Queries about announcements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.orm import Session as Db

from database.models import Announcement, User

Found = tuple[Announcement, str | None]
"""An announcement and its author's display name."""

# A draft sorts as if it came out when it was written.
_OUT_AT = func.coalesce(Announcement.published_at, Announcement.created_at)


def page(
    db: Db, published_by: datetime | None, after: Sequence[Any] | None, limit: int
) -> list[Found]:
    """Return announcements, pinned ones first, then the newest, and one more than `limit`.

    Args:
        db: the session.
        published_by: only those that were out by then; None: all.
        after: the sort key (pinned, out at, id) after which to start.
        limit: how many.

    """
    statement = (
        select(Announcement, User.display_name)
        .outerjoin(User, User.id == Announcement.author_id)
        .order_by(Announcement.is_pinned.desc(), _OUT_AT.desc(), Announcement.id.desc())
        .limit(limit + 1)
    )
    if published_by is not None:
        statement = statement.where(Announcement.published_at <= published_by)
    if after is not None:
        key = tuple_(Announcement.is_pinned, _OUT_AT, Announcement.id)
        statement = statement.where(key < tuple_(*after))
    return [(row[0], row[1]) for row in db.execute(statement)]


def find(db: Db, announcement_id: UUID) -> Found | None:
    """Return one announcement."""
    row = db.execute(
        select(Announcement, User.display_name)
        .outerjoin(User, User.id == Announcement.author_id)
        .where(Announcement.id == announcement_id)
    ).one_or_none()
    return row and (row[0], row[1])


def add(db: Db, announcement: Announcement) -> None:
    """Add an announcement."""
    db.add(announcement)
    db.flush()


def change(db: Db, announcement_id: UUID, changes: Mapping[str, Any]) -> None:
    """Change columns of an announcement."""
    if changes:
        db.execute(update(Announcement).where(Announcement.id == announcement_id).values(changes))


def remove(db: Db, announcement_id: UUID) -> bool:
    """Delete an announcement; tell whether there was one."""
    done = db.execute(
        delete(Announcement).where(Announcement.id == announcement_id).returning(Announcement.id)
    )
    return done.first() is not None
