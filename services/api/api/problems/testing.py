"""Problems for tests: valid and boring, overridden by the test that cares."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.clock import SystemClock
from api.testdata.store import NewTestCase, PostgresBlobStore, add_data_set
from database.base import new_id
from database.engine import SessionFactory, transaction
from database.models import Language, Problem, ProblemStatement

_numbers = count(5000)


def add_problem(
    sessions: SessionFactory,
    slug: str = "",
    *,
    titles: dict[str, str] | None = None,
    with_data: bool = True,
    **values: Any,  # noqa: ANN401 - any column
) -> Problem:
    """Make a public problem with one sample and one secret case."""
    number = next(_numbers)
    slug = slug or f"problem-{number}"
    fields = {
        "id": new_id(),
        "slug": slug,
        "number": number,
        "visibility": "public",
        "difficulty": "low",
        "tags": [],
        "cpu_time_limit_ms": 1000,
        "memory_limit_kib": 262_144,
        "output_limit_kib": 8192,
        "source_limit_bytes": 262_144,
        "checker": {},
        **values,
    }
    with transaction(sessions) as db:
        problem = Problem(**fields)
        db.add(problem)
        db.flush()
        for locale, title in (titles or {"en": slug.title()}).items():
            db.add(
                ProblemStatement(
                    problem_id=problem.id,
                    locale=locale,
                    title=title,
                    source=f"{title}: text",
                    html=f"<p>{title}: text</p>",
                )
            )
        if with_data:
            problem.data_set_id = _add_data(db, problem.id)
    return problem


def _add_data(db: Session, problem_id: UUID) -> UUID:
    blobs = PostgresBlobStore(db)
    cases = [
        NewTestCase(name, group, group == "sample", blobs.put([text]), blobs.put([text]))
        for name, group, text in (
            ("sample/1", "sample", b"1 2\n"),
            ("secret/01-hint", "secret", b"secret"),
        )
    ]
    return add_data_set(db, problem_id, cases)


def offer_languages(anything: SessionFactory) -> None:
    """Write what a grader would: C++ and Python there, Java not, both in their order."""
    now = SystemClock().now()
    rows = (
        ("cpp", "C++", ["cpp", "cc"], True),
        ("python3", "Python 3", ["py"], True),
        ("pypy3", "PyPy 3", ["py"], True),
        ("java", "Java", ["java"], False),
    )
    with transaction(anything) as db:
        for position, (name, title, extensions, available) in enumerate(rows):
            db.add(
                Language(
                    id=name,
                    name=title,
                    version="1",
                    extensions=extensions,
                    compile_command="",
                    run_command="",
                    available=available,
                    position=position,
                    seen_at=now,
                )
            )
