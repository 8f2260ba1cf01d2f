"""What is derived from valid judgements and can be rebuilt at any time. Owned by the scheduler."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, CreatedAt, owned_by


class RankingRow(Base):
    """A person's place in the site-wide order by score; equal scores share a place."""

    __tablename__ = "ranking_rows"
    __table_args__ = (
        Index(None, "place", "user_id"),
        owned_by("scheduler", "The site-wide ranking, rebuilt by upkeep."),
    )

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, comment="Who."
    )
    place: Mapped[int] = mapped_column(comment="From 1; equal scores share it.")
    score: Mapped[int] = mapped_column(comment="Points of the solved problems, by difficulty.")
    solved: Mapped[int] = mapped_column(comment="How many problems were solved.")
    submissions: Mapped[int] = mapped_column(comment="How many submissions were judged.")
    last_solved_at: Mapped[datetime | None] = mapped_column(comment="First AC of the newest one.")
    refreshed_at: Mapped[CreatedAt] = mapped_column(comment="When this row was derived.")


class ProblemStatistics(Base):
    """How a problem fares."""

    __tablename__ = "problem_statistics"
    __table_args__ = (owned_by("scheduler", "Counts for each problem, rebuilt by upkeep."),)

    problem_id: Mapped[UUID] = mapped_column(
        ForeignKey("problems.id", ondelete="CASCADE"), primary_key=True, comment="Which."
    )
    submissions: Mapped[int] = mapped_column(server_default=text("0"), comment="Judged ones.")
    accepted: Mapped[int] = mapped_column(server_default=text("0"), comment="Those with AC.")
    solvers: Mapped[int] = mapped_column(server_default=text("0"), comment="People with an AC.")
    refreshed_at: Mapped[CreatedAt] = mapped_column(comment="When this row was derived.")


class SiteStatistics(Base):
    """Counts shown on the home page; a single row."""

    __tablename__ = "site_statistics"
    __table_args__ = (owned_by("scheduler", "Counts for the home page: one row."),)

    id: Mapped[int] = mapped_column(primary_key=True, comment="Always 1.")
    counts: Mapped[dict[str, Any]] = mapped_column(
        JSONB, comment="users, problems, submissions, accepted."
    )
    refreshed_at: Mapped[CreatedAt] = mapped_column(comment="When it was derived.")
