"""Queries of signing in by session and by token. Core, not ORM: they run with every request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session as Db

from api.actor import Person, Role
from database.models import PersonalAccessToken, Session, User

PERSON_COLUMNS = (
    User.id.label("user_id"),
    User.username,
    User.display_name,
    User.email,
    User.roles,
    User.locale,
    User.email_verified_at,
    User.created_at.label("user_created_at"),
)


@dataclass(frozen=True)
class FoundSession:
    """A session that is not over, and whose it is."""

    id: UUID
    csrf_token: str
    last_used_at: datetime
    person: Person


@dataclass(frozen=True)
class FoundToken:
    """A good token, and whose it is."""

    id: UUID
    scopes: list[str]
    last_used_at: datetime | None
    person: Person


def find_session(db: Db, token_hash: str, now: datetime) -> FoundSession | None:
    """Return the session unless it is over or its owner is disabled."""
    row = db.execute(
        select(Session.id, Session.csrf_token, Session.last_seen_at, *PERSON_COLUMNS)
        .join(User, User.id == Session.user_id)
        .where(
            Session.token_hash == token_hash,
            Session.expires_at > now,
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    return row and FoundSession(row.id, row.csrf_token, row.last_seen_at, person_of(row))


def touch_session(db: Db, session_id: UUID, now: datetime, expires_at: datetime) -> None:
    """Note the use of a session and when it now ends."""
    db.execute(
        update(Session)
        .where(Session.id == session_id)
        .values(last_seen_at=now, expires_at=expires_at)
    )


def find_token(db: Db, token_hash: str, now: datetime) -> FoundToken | None:
    """Return the token unless it is revoked, expired or its owner is disabled."""
    token = PersonalAccessToken
    row = db.execute(
        select(token.id, token.scopes, token.last_used_at, *PERSON_COLUMNS)
        .join(User, User.id == token.user_id)
        .where(
            token.token_hash == token_hash,
            token.revoked_at.is_(None),
            token.expires_at.is_(None) | (token.expires_at > now),
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    return row and FoundToken(row.id, row.scopes, row.last_used_at, person_of(row))


def touch_token(db: Db, token_id: UUID, now: datetime) -> None:
    """Note the use of a token."""
    db.execute(
        update(PersonalAccessToken)
        .where(PersonalAccessToken.id == token_id)
        .values(last_used_at=now)
    )


def person_of(row: Row[*tuple[Any, ...]]) -> Person:
    """Return the person in a row that was read with PERSON_COLUMNS."""
    return Person(
        id=row.user_id,
        username=row.username,
        display_name=row.display_name,
        email=row.email,
        roles=frozenset(Role(role) for role in row.roles),
        locale=row.locale,
        email_verified_at=row.email_verified_at,
        created_at=row.user_created_at,
    )
