"""Playground runs: code run on samples or own input, outside any submission."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, CreatedAt, Flag, IdKey, owned_by


class PlaygroundRun(Base):
    """A request to run a program. The api makes the row, the grader fills it, a day later it goes.

    With `problem_id` and no `stdin` it runs on the problem's samples and is checked.
    """

    __tablename__ = "playground_runs"
    __table_args__ = (
        Index("ix_playground_runs_unfinished", "id", postgresql_where=text("state <> 'finished'")),
        Index("ix_playground_runs_user", "user_id", "created_at"),
        CheckConstraint("state IN ('queued', 'compiling', 'running', 'finished')", name="state"),
        owned_by("grader", "Code run outside submissions. Inserted by the api."),
    )

    id: Mapped[IdKey]
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), comment="Who asked."
    )
    problem_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("problems.id", ondelete="CASCADE"), comment="Whose samples and limits."
    )
    language_id: Mapped[str] = mapped_column(comment="Kattis id.")
    filename: Mapped[str | None] = mapped_column(comment="As sent; null: the language's usual.")
    source: Mapped[bytes] = mapped_column(comment="The program.")
    stdin: Mapped[bytes | None] = mapped_column(comment="Own input; null: the samples.")
    state: Mapped[str] = mapped_column(server_default="queued", comment="contracts State.")
    claim: Mapped[int] = mapped_column(server_default=text("0"), comment="Fence, as in judgements.")
    lease_until: Mapped[datetime | None] = mapped_column(comment="Until when the claim holds.")
    failures: Mapped[int] = mapped_column(
        server_default=text("0"), comment="Claims that ended by a fault of ours."
    )
    verdict: Mapped[str | None] = mapped_column(
        comment="Worst of its cases; null also when it ran well on own input."
    )
    compile_output: Mapped[str] = mapped_column(server_default="", comment="The compiler's words.")
    reason: Mapped[str] = mapped_column(server_default="", comment="Why JE.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was asked for.")
    finished_at: Mapped[datetime | None] = mapped_column(comment="When it ended.")


class PlaygroundCase(Base):
    """What the program did on one input."""

    __tablename__ = "playground_cases"
    __table_args__ = (owned_by("grader", "What playground runs printed."),)

    playground_run_id: Mapped[UUID] = mapped_column(
        ForeignKey("playground_runs.id", ondelete="CASCADE"), primary_key=True, comment="Whose."
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, comment="From 1; the sample's ordinal.")
    verdict: Mapped[str | None] = mapped_column(comment="Null: ran well, nothing to compare with.")
    stdout: Mapped[bytes] = mapped_column(comment="What it printed, cut.")
    stderr: Mapped[bytes] = mapped_column(comment="Likewise.")
    output_truncated: Mapped[Flag] = mapped_column(comment="Some of it was cut off.")
    cpu_time_ms: Mapped[int] = mapped_column(comment="User and system.")
    wall_time_ms: Mapped[int] = mapped_column(comment="By the clock.")
    memory_kib: Mapped[int] = mapped_column(BigInteger, comment="Peak.")
    exit_code: Mapped[int | None] = mapped_column(comment="Null: ended by a signal.")
    signal: Mapped[int | None] = mapped_column(comment="The signal that ended it.")
    message: Mapped[str] = mapped_column(server_default="", comment="The checker's words.")
