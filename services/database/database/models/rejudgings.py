"""Rejudgings: judging many submissions again, beside what counts now. Owned by the api."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, CreatedAt, IdKey, owned_by


class Rejudging(Base):
    """What was asked to be judged again, why, and whether it was applied or cancelled.

    Its progress is that of its judgements; no count of it is kept. `apply_rejudging()` and
    `cancel_rejudging()` close it.
    """

    __tablename__ = "rejudgings"
    __table_args__ = (
        Index(
            "ix_rejudgings_open",
            "id",
            postgresql_where=text("applied_at IS NULL AND cancelled_at IS NULL"),
        ),
        CheckConstraint("apply IN ('auto', 'manual')", name="apply"),
        CheckConstraint("applied_at IS NULL OR cancelled_at IS NULL", name="closed_once"),
        owned_by("api", "Rejudgings: sets of judgements that are applied or dropped as a whole."),
    )

    id: Mapped[IdKey]
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), comment="Who asked for it."
    )
    reason: Mapped[str] = mapped_column(comment="Why, in the words of who asked.")
    filter: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="What was asked for, as sent.")
    apply: Mapped[str] = mapped_column(comment="auto: when all is judged; manual: by a person.")
    problem_ids: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid), comment="Problems of its submissions; who may act on all may act on it."
    )
    submission_count: Mapped[int] = mapped_column(comment="How many submissions it took.")
    outdated: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid),
        server_default=text("'{}'"),
        comment="Submissions left out when it was applied: another judgement counted by then.",
    )
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was asked for.")
    applied_at: Mapped[datetime | None] = mapped_column(comment="When its verdicts began to count.")
    cancelled_at: Mapped[datetime | None] = mapped_column(comment="When it was dropped.")
    closed_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"),
        comment="Who applied or cancelled it; null: by itself.",
    )
