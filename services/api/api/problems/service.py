"""Showing and changing problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.actor import Actor
from api.errors import Conflict, Faults, Forbidden, NotFound
from api.pagination import Page, PageRequest, cut
from api.problems import list_store, listing, policy, store
from api.problems.listing import Filters, ProblemItem, Reader
from api.resources import Resources
from database.engine import transaction
from database.models import Problem, ProblemStatement


@dataclass(frozen=True)
class Sample:
    """An example as it is shown."""

    name: str
    input: str
    output: str


@dataclass(frozen=True)
class ProblemPage:
    """Everything about one problem for one reader."""

    problem: Problem
    counts: store.ProblemRow
    statement: ProblemStatement | None
    locales: Sequence[str]
    samples: Sequence[Sample]
    languages: Sequence[str]
    status: str | None
    may_change: bool


def find_problems(
    resources: Resources, actor: Actor, filters: Filters, page: PageRequest, locale: str
) -> Page[ProblemItem]:
    """List what this reader may see."""
    reader = Reader(actor.user_id, actor.is_admin, locale)
    with transaction(resources.sessions) as db:
        items, total = list_store.find(db, filters, reader, page)
    return cut(items, page.limit, listing.key_of, total)


def show_problem(resources: Resources, actor: Actor, slug: str, locale: str) -> ProblemPage:
    """Show one; what the reader may not see is not there."""
    with transaction(resources.sessions) as db:
        row = store.by_slug(db, slug)
        if row is None or not policy.may_see(actor, row.access):
            raise NotFound
        problem = row.problem
        statements = store.statements(db, problem.id)
        return ProblemPage(
            problem=problem,
            counts=row,
            statement=_choose(statements, locale),
            locales=[statement.locale for statement in statements],
            samples=_samples(db, problem),
            languages=_languages(db, problem),
            status=store.status_of(db, problem.id, actor.user_id),
            may_change=policy.may_change(actor, row.access),
        )


def _choose(statements: Sequence[ProblemStatement], locale: str) -> ProblemStatement | None:
    by_locale = {statement.locale: statement for statement in statements}
    first = statements[0] if statements else None
    return by_locale.get(locale) or by_locale.get("en") or first


def _samples(db: Session, problem: Problem) -> list[Sample]:
    return [
        Sample(row["name"].removeprefix("sample/"), _shown(row["input"]), _shown(row["answer"]))
        for row in store.samples(db, problem.data_set_id)
    ]


def _shown(content: bytes | memoryview | None) -> str:
    return bytes(content or b"").decode("utf-8", "replace")


def _languages(db: Session, problem: Problem) -> list[str]:
    available = store.available_languages(db)
    return [name for name in available if problem.languages is None or name in problem.languages]


def list_tags(resources: Resources) -> Sequence[Any]:
    """List the tags that public problems have."""
    with transaction(resources.sessions) as db:
        return store.tags(db)


def change_problem(
    resources: Resources, actor: Actor, slug: str, changes: dict[str, Any], locale: str
) -> ProblemPage:
    """Change limits, tags, difficulty, languages or visibility; statements and data are imported.

    Raises:
        Conflict: `problem_not_ready`: it cannot be published without test data and a statement.

    """
    with transaction(resources.sessions) as db:
        problem = store.lock(db, slug)
        if problem is None or not policy.may_see(actor, store.access_of(problem)):
            raise NotFound
        if not policy.may_change(actor, store.access_of(problem)):
            raise Forbidden
        if changes.get("visibility") == "public":
            _require_ready(db, problem)
        _require_tidy_tags(changes.get("tags", []))
        for name, value in changes.items():
            setattr(problem, name, value)
        problem.updated_at = resources.clock.now()
    return show_problem(resources, actor, slug, locale)


def _require_ready(db: Session, problem: Problem) -> None:
    if problem.data_set_id is None or not store.statements(db, problem.id):
        raise Conflict("problem_not_ready")


def _require_tidy_tags(tags: Sequence[str]) -> None:
    faults = Faults()
    for index, tag in enumerate(tags):
        if tag != tag.strip().lower() or " " in tag:
            faults.add(f"tags.{index}", "tag_invalid")
    faults.raise_if_any()
