"""Problems, their statements, data sets and jury programs. Owned by the api."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database.base import Base, CreatedAt, Flag, IdKey, owned_by


class Problem(Base):
    """A task to solve. `data_set_id` names the version of its data that judgements use now."""

    __tablename__ = "problems"
    __table_args__ = (
        CheckConstraint("visibility IN ('draft', 'public')", name="visibility"),
        CheckConstraint(
            "difficulty IN ('very_low', 'low', 'mid', 'high', 'very_high')", name="difficulty"
        ),
        CheckConstraint("cpu_time_limit_ms > 0", name="cpu_time_limit"),
        CheckConstraint("memory_limit_kib > 0", name="memory_limit"),
        Index(None, "tags", postgresql_using="gin"),
        owned_by("api", "Problems."),
    )

    id: Mapped[IdKey]
    slug: Mapped[str] = mapped_column(unique=True, comment="Readable key in addresses.")
    number: Mapped[int] = mapped_column(unique=True, comment="Short number people say, from 1000.")
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), comment="Who may edit it, besides admins."
    )
    visibility: Mapped[str] = mapped_column(server_default="draft", comment="draft or public.")
    difficulty: Mapped[str] = mapped_column(server_default="low", comment="very_low … very_high.")
    tags: Mapped[list[str]] = mapped_column(
        ARRAY(Text), server_default=text("'{}'"), comment="Lower-case words."
    )
    cpu_time_limit_ms: Mapped[int] = mapped_column(comment="CPU time of one run, milliseconds.")
    memory_limit_kib: Mapped[int] = mapped_column(comment="Memory of one run, KiB.")
    output_limit_kib: Mapped[int] = mapped_column(
        server_default=text("65536"), comment="Output of one run, KiB."
    )
    source_limit_bytes: Mapped[int] = mapped_column(
        server_default=text("262144"), comment="Size of a program, bytes."
    )
    languages: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text), comment="Allowed language ids; null: all."
    )
    checker: Mapped[dict[str, Any]] = mapped_column(
        JSONB, server_default=text("'{}'"), comment="contracts.judging.Checker as JSON."
    )
    stop_at_failure: Mapped[bool] = mapped_column(
        server_default=text("true"), comment="Later test cases are skipped after a failure."
    )
    data_set_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("data_sets.id", use_alter=True, name="fk_problems_data_set_id"),
        comment="The version of the data in use; null: cannot be judged yet.",
    )
    source: Mapped[str] = mapped_column(server_default="", comment="Where it was first set.")
    license: Mapped[str] = mapped_column(server_default="", comment="As the package says.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was made.")
    updated_at: Mapped[CreatedAt] = mapped_column(comment="Last change by a person.")

    statements: Mapped[list[ProblemStatement]] = relationship(
        back_populates="problem", order_by="ProblemStatement.locale", lazy="raise_on_sql"
    )


class ProblemStatement(Base):
    """The text of a problem in one language."""

    __tablename__ = "problem_statements"
    __table_args__ = (owned_by("api", "Statements, one for each language."),)

    problem_id: Mapped[UUID] = mapped_column(
        ForeignKey("problems.id", ondelete="CASCADE"), primary_key=True, comment="The problem."
    )
    locale: Mapped[str] = mapped_column(primary_key=True, comment="ko, en …")
    title: Mapped[str] = mapped_column(comment="The problem's name in this language.")
    source: Mapped[str] = mapped_column(comment="Markdown with TeX formulas.")
    html: Mapped[str] = mapped_column(comment="Rendered and sanitised, formulas as TeX in spans.")

    problem: Mapped[Problem] = relationship(back_populates="statements", lazy="raise_on_sql")


class DataSet(Base):
    """A version of a problem's test data. Never changed once made."""

    __tablename__ = "data_sets"
    __table_args__ = (
        UniqueConstraint("problem_id", "version"),
        owned_by("api", "Versions of test data; immutable."),
    )

    id: Mapped[IdKey]
    problem_id: Mapped[UUID] = mapped_column(
        ForeignKey("problems.id", ondelete="CASCADE"), comment="The problem."
    )
    version: Mapped[int] = mapped_column(comment="From 1.")
    test_case_count: Mapped[int] = mapped_column(comment="How many test cases it has.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was made.")


class TestCase(Base):
    """Input and answer. `ordinal` is the order of judging, samples first."""

    __test__ = False  # pytest would take the class for a test by its name
    __tablename__ = "test_cases"
    __table_args__ = (
        UniqueConstraint("data_set_id", "name"),
        owned_by("api", "Test cases of a data set; immutable."),
    )

    data_set_id: Mapped[UUID] = mapped_column(
        ForeignKey("data_sets.id", ondelete="CASCADE"), primary_key=True, comment="The data set."
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, comment="From 1, order of judging.")
    name: Mapped[str] = mapped_column(comment="Such as sample/1 or secret/03-large.")
    group_name: Mapped[str] = mapped_column(comment="sample, secret or a test group's name.")
    is_sample: Mapped[Flag] = mapped_column(comment="Shown in the statement.")
    input_sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"), comment="The input.")
    answer_sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"), comment="The answer.")


class JuryProgram(Base):
    """A program of the jury and the verdicts that it must get one of."""

    __tablename__ = "jury_programs"
    __table_args__ = (
        UniqueConstraint("problem_id", "path"),
        owned_by("api", "Jury programs with the verdicts expected of them."),
    )

    id: Mapped[IdKey]
    problem_id: Mapped[UUID] = mapped_column(
        ForeignKey("problems.id", ondelete="CASCADE"), comment="The problem."
    )
    path: Mapped[str] = mapped_column(comment="Within the package: accepted/main.cpp.")
    language_id: Mapped[str] = mapped_column(comment="Kattis id.")
    source: Mapped[bytes] = mapped_column(comment="The program's text.")
    expected_verdicts: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="The judgement's verdict must be one of these."
    )
    last_submission_id: Mapped[UUID | None] = mapped_column(
        comment="Its newest submission in the jury lane; no foreign key, the circle is not needed."
    )
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was added.")
