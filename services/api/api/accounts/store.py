"""Queries about people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session as Db

from database.models import EmailVerification, Session, User


def find_by_id(db: Db, user_id: UUID) -> User:
    """Return the account of somebody who is signed in."""
    return db.get_one(User, user_id)


def find_by_login(db: Db, login: str) -> User | None:
    """Return the account with this user name or e-mail address, without regard to case."""
    wanted = login.lower()
    column = User.email if "@" in login else User.username
    return db.scalar(select(User).where(func.lower(column) == wanted))


def taken(db: Db, username: str, email: str) -> tuple[bool, bool]:
    """Return whether the user name and whether the address belong to somebody."""
    rows = db.execute(
        select(func.lower(User.username), func.lower(User.email)).where(
            or_(
                func.lower(User.username) == username.lower(),
                func.lower(User.email) == email.lower(),
            )
        )
    ).all()
    return (
        any(name == username.lower() for name, _ in rows),
        any(address == email.lower() for _, address in rows),
    )


def add(db: Db, user: User) -> None:
    """Add an account; an IntegrityError names the index when somebody was faster."""
    db.add(user)
    db.flush()


def everybody(db: Db) -> list[User]:
    """Return all accounts by name, for the command line."""
    return list(db.scalars(select(User).order_by(User.username)))


def add_verification(db: Db, user: User) -> EmailVerification:
    """Note that a link to prove the address is wanted."""
    verification = EmailVerification(user_id=user.id, email=user.email)
    db.add(verification)
    db.flush()
    return verification


def set_password(db: Db, user_id: UUID, password_hash: str) -> None:
    """Store a new password's hash."""
    db.execute(update(User).where(User.id == user_id).values(password_hash=password_hash))


def end_sessions(db: Db, user_id: UUID, but: UUID | None = None) -> None:
    """Sign a person out everywhere, but for one session."""
    statement = delete(Session).where(Session.user_id == user_id)
    db.execute(statement if but is None else statement.where(Session.id != but))


def set_profile(db: Db, user_id: UUID, display_name: str, locale: str) -> None:
    """Change what a person says of themselves."""
    values = {"display_name": display_name, "locale": locale}
    db.execute(update(User).where(User.id == user_id).values(values))


def mark_verified(db: Db, user_id: UUID, email: str, now: datetime) -> bool:
    """Note that the address is proven, if it is still the person's; tell whether it is."""
    done = db.execute(
        update(User)
        .where(User.id == user_id, User.email == email, User.disabled_at.is_(None))
        .values(email_verified_at=func.coalesce(User.email_verified_at, now))
        .returning(User.id)
    )
    return done.first() is not None
