"""People, how they sign in, and the links that were mailed to them. Owned by the api."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, CreatedAt, IdKey, owned_by


class User(Base):
    """A person with an account. Names and addresses are unique without regard to case."""

    __tablename__ = "users"
    __table_args__ = (
        Index("uq_users_username_lower", func.lower(text("username")), unique=True),
        Index("uq_users_email_lower", func.lower(text("email")), unique=True),
        CheckConstraint("locale IN ('ko', 'en')", name="locale"),
        owned_by("api", "People with an account."),
    )

    id: Mapped[IdKey]
    username: Mapped[str] = mapped_column(comment="Unique without case; shown in addresses.")
    display_name: Mapped[str] = mapped_column(comment="Free text shown beside submissions.")
    email: Mapped[str] = mapped_column(comment="Unique without case; shown to its owner only.")
    email_verified_at: Mapped[datetime | None] = mapped_column(
        comment="When the address was proven by a mailed link; null: not yet."
    )
    password_hash: Mapped[str] = mapped_column(comment="argon2id, PHC string.")
    roles: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default=text("'{}'"), comment="Any of admin, setter; none: participant."
    )
    locale: Mapped[str] = mapped_column(server_default="ko", comment="ko or en: pages and mails.")
    totp_secret: Mapped[str | None] = mapped_column(comment="Base32 second factor; null: off.")
    disabled_at: Mapped[datetime | None] = mapped_column(comment="Set: may not sign in.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When the account was made.")


class Session(Base):
    """A signed-in browser. The cookie's value is stored hashed only."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index(None, "expires_at"),
        owned_by("api", "Signed-in browsers; expired ones are deleted by delete_expired()."),
    )

    id: Mapped[IdKey]
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True, comment="Whose session."
    )
    token_hash: Mapped[str] = mapped_column(unique=True, comment="SHA-256 hex of the cookie.")
    csrf_token: Mapped[str] = mapped_column(comment="What writes must repeat in X-CSRF-Token.")
    user_agent: Mapped[str] = mapped_column(server_default="", comment="Browser as it said.")
    ip_address: Mapped[str] = mapped_column(server_default="", comment="Address at sign-in.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was opened.")
    last_seen_at: Mapped[CreatedAt] = mapped_column(comment="Last use, to about five minutes.")
    expires_at: Mapped[datetime] = mapped_column(comment="After this it is refused.")


class PersonalAccessToken(Base):
    """A program's key to act for a person, within scopes. Shown once, stored hashed."""

    __tablename__ = "personal_access_tokens"
    __table_args__ = (owned_by("api", "Keys with which programs act for a person."),)

    id: Mapped[IdKey]
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True, comment="For whom it acts."
    )
    name: Mapped[str] = mapped_column(comment="What its owner calls it.")
    token_hash: Mapped[str] = mapped_column(unique=True, comment="SHA-256 hex of the token.")
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="What it may do.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was made.")
    last_used_at: Mapped[datetime | None] = mapped_column(
        comment="Last use, to about five minutes."
    )
    expires_at: Mapped[datetime | None] = mapped_column(comment="Null: until revoked.")
    revoked_at: Mapped[datetime | None] = mapped_column(comment="Set: refused.")


class EmailVerification(Base):
    """A request to prove an address. The link's token is signed from the id (contracts.links)."""

    __tablename__ = "email_verifications"
    __table_args__ = (owned_by("api", "Links mailed to prove an address."),)

    id: Mapped[IdKey]
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True, comment="Whose address."
    )
    email: Mapped[str] = mapped_column(comment="The address as it was when the link was asked for.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When the link was asked for.")
    used_at: Mapped[datetime | None] = mapped_column(comment="When the link was followed.")


class PasswordReset(Base):
    """A request to set a new password by a mailed link."""

    __tablename__ = "password_resets"
    __table_args__ = (owned_by("api", "Links mailed to set a new password."),)

    id: Mapped[IdKey]
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True, comment="Whose password."
    )
    created_at: Mapped[CreatedAt] = mapped_column(comment="When the link was asked for.")
    used_at: Mapped[datetime | None] = mapped_column(comment="When the link was followed.")
