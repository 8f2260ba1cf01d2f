"""What the site itself says. Owned by the api."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, CreatedAt, Flag, IdKey, owned_by


class Announcement(Base):
    """News for everybody, in both languages; an empty text falls back to the other one."""

    __tablename__ = "announcements"
    __table_args__ = (owned_by("api", "News for everybody."),)

    id: Mapped[IdKey]
    title_ko: Mapped[str] = mapped_column(server_default="", comment="Korean title.")
    title_en: Mapped[str] = mapped_column(server_default="", comment="English title.")
    body_ko: Mapped[str] = mapped_column(server_default="", comment="Markdown.")
    body_en: Mapped[str] = mapped_column(server_default="", comment="Markdown.")
    is_pinned: Mapped[Flag] = mapped_column(comment="Shown first.")
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), comment="Who wrote it."
    )
    published_at: Mapped[datetime | None] = mapped_column(comment="Null or later: not shown yet.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was written.")
