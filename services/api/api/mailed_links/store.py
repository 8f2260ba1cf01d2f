"""Queries about the requests behind mailed links."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Db

from database.models import EmailVerification, PasswordReset, User


def use_verification(db: Db, request_id: UUID, now: datetime) -> EmailVerification | None:
    """Use up a request and return it; None when there is none, or it was used before."""
    return db.scalars(
        update(EmailVerification)
        .where(EmailVerification.id == request_id, EmailVerification.used_at.is_(None))
        .values(used_at=now)
        .returning(EmailVerification)
    ).one_or_none()


def find_verification(db: Db, request_id: UUID) -> EmailVerification | None:
    """Return a request, used or not."""
    return db.get(EmailVerification, request_id)


def add_reset(db: Db, user_id: UUID) -> PasswordReset:
    """Note that a link to set a new password is wanted."""
    reset = PasswordReset(user_id=user_id)
    db.add(reset)
    db.flush()
    return reset


def find_reset_person(db: Db, request_id: UUID) -> tuple[PasswordReset, User] | None:
    """Return a request that is not used up, with its person, unless disabled."""
    row = db.execute(
        select(PasswordReset, User)
        .join(User, User.id == PasswordReset.user_id)
        .where(
            PasswordReset.id == request_id,
            PasswordReset.used_at.is_(None),
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    return row and (row[0], row[1])


def use_resets(db: Db, request_id: UUID, user_id: UUID, now: datetime) -> bool:
    """Use up this request and every other of the person; tell whether this one was still good."""
    used = db.scalars(
        update(PasswordReset)
        .where(PasswordReset.user_id == user_id, PasswordReset.used_at.is_(None))
        .values(used_at=now)
        .returning(PasswordReset.id)
    ).all()
    return request_id in used
