"""Submissions (the api's) and their judgements and runs (the grader's)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Numeric, desc, text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, CreatedAt, Flag, IdKey, owned_by


class Submission(Base):
    """Source sent by a participant for a problem at a time. Never changes."""

    __tablename__ = "submissions"
    __table_args__ = (
        Index("ix_submissions_user", "user_id", desc("id")),
        Index("ix_submissions_problem", "problem_id", desc("id")),
        owned_by("api", "Programs as they were sent; immutable. Ordered in time by id."),
    )

    id: Mapped[IdKey]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), comment="Who sent it.")
    problem_id: Mapped[UUID] = mapped_column(ForeignKey("problems.id"), comment="For what.")
    language_id: Mapped[str] = mapped_column(comment="Kattis id of a language.")
    entry_point: Mapped[str | None] = mapped_column(comment="File or class to start; null: usual.")
    source_bytes: Mapped[int] = mapped_column(comment="Size of all files together.")
    is_jury: Mapped[Flag] = mapped_column(comment="A jury program: in no list, count or ranking.")
    ip_address: Mapped[str] = mapped_column(server_default="", comment="Sender's; jury only.")
    submitted_at: Mapped[CreatedAt] = mapped_column(
        comment="When the api took it; it counts by it."
    )


class SubmissionFile(Base):
    """One file of a submission."""

    __tablename__ = "submission_files"
    __table_args__ = (owned_by("api", "The files of submissions; immutable."),)

    submission_id: Mapped[UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True, comment="Whose."
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, comment="From 0, as sent.")
    name: Mapped[str] = mapped_column(comment="A plain file name.")
    content: Mapped[bytes] = mapped_column(comment="The text as sent.")


class Judgement(Base):
    """One judging of a submission. The api makes the row, the grader alone fills it.

    A grader claims it by raising `claim` and setting a lease; each later write names the claim in
    its WHERE, so a grader that lost its lease writes nothing. `valid` marks the one that counts;
    `apply_rejudging()` flips it, and nobody has the right to do so by hand.
    """

    __tablename__ = "judgements"
    __table_args__ = (
        Index("uq_judgements_valid", "submission_id", unique=True, postgresql_where=text("valid")),
        Index(
            "ix_judgements_unfinished",
            "lane",
            "id",
            postgresql_where=text("state <> 'finished'"),
        ),
        Index("ix_judgements_submission", "submission_id"),
        Index(
            "ix_judgements_rejudging",
            "rejudging_id",
            postgresql_where=text("rejudging_id IS NOT NULL"),
        ),
        Index(
            "ix_judgements_previous",
            "previous_id",
            postgresql_where=text("previous_id IS NOT NULL"),
        ),
        CheckConstraint("state IN ('queued', 'compiling', 'running', 'finished')", name="state"),
        CheckConstraint(
            "verdict IN ('AC', 'WA', 'TLE', 'MLE', 'OLE', 'RTE', 'CE', 'JE', 'PT')",
            name="verdict",
        ),
        CheckConstraint("(state = 'finished') = (verdict IS NOT NULL)", name="finished"),
        {
            **owned_by(
                "grader", "Judgings. Inserted by the api; valid is flipped by apply_rejudging()."
            ),
            # Rows are updated many times while they are short-lived in the partial index.
            "postgresql_with": {
                "fillfactor": 70,
                "autovacuum_vacuum_scale_factor": 0.02,
            },
        },
    )

    id: Mapped[IdKey]
    submission_id: Mapped[UUID] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), comment="What is judged."
    )
    data_set_id: Mapped[UUID] = mapped_column(
        ForeignKey("data_sets.id"), comment="The version of the data it is judged on."
    )
    rejudging_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("rejudgings.id", ondelete="SET NULL"), comment="Null: the first judging of all."
    )
    previous_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("judgements.id", ondelete="SET NULL"),
        comment="The judgement that counted when its rejudging was asked for.",
    )
    lane: Mapped[str] = mapped_column(comment="contracts.queues.Lane.")
    state: Mapped[str] = mapped_column(server_default="queued", comment="contracts State.")
    claim: Mapped[int] = mapped_column(
        server_default=text("0"), comment="Raised by each claim; the fence of every write."
    )
    claimed_by: Mapped[str] = mapped_column(server_default="", comment="The grader, for people.")
    lease_until: Mapped[datetime | None] = mapped_column(
        comment="Until when the claim holds; null: nobody works on it."
    )
    not_before: Mapped[CreatedAt] = mapped_column(comment="Not to be claimed before.")
    failures: Mapped[int] = mapped_column(
        server_default=text("0"), comment="Claims that ended by a fault of ours."
    )
    verdict: Mapped[str | None] = mapped_column(comment="contracts Verdict; null: not finished.")
    points: Mapped[float | None] = mapped_column(Numeric, comment="In scored problems.")
    max_points: Mapped[float | None] = mapped_column(Numeric, comment="In scored problems.")
    cpu_time_ms: Mapped[int | None] = mapped_column(comment="Of the slowest run.")
    memory_kib: Mapped[int | None] = mapped_column(BigInteger, comment="Of the largest run.")
    compile_output: Mapped[str] = mapped_column(server_default="", comment="The compiler's words.")
    reason: Mapped[str] = mapped_column(server_default="", comment="Why JE; for the jury.")
    valid: Mapped[Flag] = mapped_column(comment="The one of its submission that counts.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was queued.")
    started_at: Mapped[datetime | None] = mapped_column(comment="When it was last claimed.")
    finished_at: Mapped[datetime | None] = mapped_column(comment="When the verdict was written.")


class Run(Base):
    """One execution on one test case within a judgement, under the claim that made it."""

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint(
            "verdict IN ('AC', 'WA', 'TLE', 'MLE', 'OLE', 'RTE', 'JE', 'PT', 'SK')",
            name="verdict",
        ),
        owned_by("grader", "Executions on test cases."),
    )

    judgement_id: Mapped[UUID] = mapped_column(
        ForeignKey("judgements.id", ondelete="CASCADE"), primary_key=True, comment="Whose."
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, comment="The test case's ordinal.")
    verdict: Mapped[str] = mapped_column(comment="contracts Verdict.")
    points: Mapped[float | None] = mapped_column(Numeric, comment="In scored problems.")
    cpu_time_ms: Mapped[int] = mapped_column(comment="User and system.")
    wall_time_ms: Mapped[int] = mapped_column(comment="By the clock.")
    memory_kib: Mapped[int] = mapped_column(BigInteger, comment="Peak.")
    exit_code: Mapped[int | None] = mapped_column(comment="Null: ended by a signal, or skipped.")
    signal: Mapped[int | None] = mapped_column(comment="The signal that ended it.")
    message: Mapped[str] = mapped_column(server_default="", comment="The checker's words.")
