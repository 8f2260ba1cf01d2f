"""Writing an imported problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from api.packages.package import PackageProgram
from database.models import DataSet, JuryProgram, Problem, ProblemStatement

FIRST_NUMBER: Final = 1000
LOCK_KEY: Final = 0x70726F62
"""Advisory lock: imports give out numbers and claim slugs one after the other."""


def lock_imports(db: Session) -> None:
    """Wait for other imports; taken only after the data is stored, for the short rest."""
    db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})


def find(db: Session, slug: str, *, for_update: bool = False) -> Problem | None:
    """Return the problem that has this slug."""
    query = select(Problem).where(Problem.slug == slug)
    return db.scalar(query.with_for_update() if for_update else query)


def next_number(db: Session) -> int:
    """Return the number after the highest one."""
    highest = db.scalar(select(func.max(Problem.number)))
    return FIRST_NUMBER if highest is None else highest + 1


def replace_statements(db: Session, problem_id: UUID, statements: Sequence[dict[str, Any]]) -> None:
    """Put these statements in the place of all there are."""
    db.execute(delete(ProblemStatement).where(ProblemStatement.problem_id == problem_id))
    db.execute(
        insert(ProblemStatement),
        [{"problem_id": problem_id, **statement} for statement in statements],
    )


def replace_programs(db: Session, problem_id: UUID, programs: Sequence[PackageProgram]) -> None:
    """Put these jury programs in the place of all there are."""
    db.execute(delete(JuryProgram).where(JuryProgram.problem_id == problem_id))
    for program in programs:
        db.add(
            JuryProgram(
                problem_id=problem_id,
                path=program.path,
                language_id=program.language_id,
                source=program.source,
                expected_verdicts=list(program.expected_verdicts),
            )
        )


def use_data_set(db: Session, problem_id: UUID, data_set_id: UUID) -> None:
    """Judge against this version from now on."""
    db.execute(update(Problem).where(Problem.id == problem_id).values(data_set_id=data_set_id))


def version_of(db: Session, data_set_id: UUID) -> int:
    """Return the number of a data set's version."""
    return db.scalar(select(DataSet.version).where(DataSet.id == data_set_id)) or 0
