"""Queries about sessions. The one of every request is in accounts.authentication_store."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Db

from database.models import Session


def add(db: Db, session: Session) -> None:
    """Add a session."""
    db.add(session)


def of_person(db: Db, user_id: UUID, now: datetime) -> list[Session]:
    """Return a person's sessions that are not over, newest use first."""
    return list(
        db.scalars(
            select(Session)
            .where(Session.user_id == user_id, Session.expires_at > now)
            .order_by(Session.last_seen_at.desc(), Session.id)
        )
    )


def end(db: Db, user_id: UUID, session_id: UUID) -> bool:
    """End a session of this person; tell whether there was one."""
    done = db.execute(
        delete(Session)
        .where(Session.id == session_id, Session.user_id == user_id)
        .returning(Session.id)
    )
    return done.first() is not None
