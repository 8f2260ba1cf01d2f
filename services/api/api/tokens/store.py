"""Queries about tokens. The one of every request is in accounts.authentication_store."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session as Db

from database.models import PersonalAccessToken, User


def count_live(db: Db, user_id: UUID) -> int:
    """Return how many tokens of a person are not revoked; others who ask wait for us."""
    db.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
    token = PersonalAccessToken
    return (
        db.scalar(select(func.count()).where(token.user_id == user_id, token.revoked_at.is_(None)))
        or 0
    )


def add(db: Db, token: PersonalAccessToken) -> None:
    """Add a token."""
    db.add(token)
    db.flush()


def page(
    db: Db, user_id: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> list[PersonalAccessToken]:
    """Return a person's tokens that are not revoked, newest first, and one more than `limit`."""
    token = PersonalAccessToken
    statement = (
        select(token)
        .where(token.user_id == user_id, token.revoked_at.is_(None))
        .order_by(token.created_at.desc(), token.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(tuple_(token.created_at, token.id) < tuple_(*after))
    return list(db.scalars(statement))


def revoke(db: Db, user_id: UUID, token_id: UUID, now: datetime) -> bool:
    """Revoke a token of this person; tell whether there was one."""
    token = PersonalAccessToken
    done = db.execute(
        update(token)
        .where(token.id == token_id, token.user_id == user_id, token.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(token.id)
    )
    return done.first() is not None
