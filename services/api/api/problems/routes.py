"""`/problems` and `/tags`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import msgspec

from api.errors import Unprocessable
from api.pagination import Page, PageRequest
from api.problems import policy, service
from api.problems.listing import Filters, ProblemItem
from api.problems.schemas import (
    ProblemChangeSchema,
    ProblemItemSchema,
    ProblemLanguageQuery,
    ProblemQuery,
    ProblemSchema,
    TagsSchema,
)
from api.web.blueprint import Blueprint
from api.web.context import current_actor, reader_locale, resources
from api.web.guards import guarded_by, public
from api.web.schemas import page_of
from contracts.judging import Checker

blueprint = Blueprint("problems", description="Problems and their statements.")


@blueprint.route("/problems")
@public
@blueprint.arguments(ProblemQuery, location="query")
@blueprint.response(200, page_of(ProblemItemSchema))
def list_problems(query: dict[str, Any]) -> Page[ProblemItem]:
    """List problems; those still in draft show for their authors and admins."""
    filters: Filters = query["filters"]
    page: PageRequest = query["page"]
    actor = current_actor()
    if filters.status and not actor.is_signed_in:
        raise Unprocessable.field("status", "status_needs_account")
    return service.find_problems(resources(), actor, filters, page, reader_locale())


@blueprint.route("/problems/<slug>")
@public
@blueprint.arguments(ProblemLanguageQuery, location="query")
@blueprint.response(200, ProblemSchema)
def show_problem(query: dict[str, Any], slug: str) -> dict[str, Any]:
    """Show one problem with its statement in `lang`, else in the reader's language."""
    locale = query["lang"] or reader_locale()
    return _present(service.show_problem(resources(), current_actor(), slug, locale))


@blueprint.route("/problems/<slug>", methods=("PATCH",))
@guarded_by(policy.CHANGE)
@blueprint.arguments(ProblemChangeSchema)
@blueprint.response(200, ProblemSchema)
def change_problem(changes: dict[str, Any], slug: str) -> dict[str, Any]:
    """Change visibility, difficulty, tags, limits or languages."""
    page = service.change_problem(resources(), current_actor(), slug, changes, reader_locale())
    return _present(page)


@blueprint.route("/tags")
@public
@blueprint.response(200, TagsSchema)
def list_tags() -> dict[str, Any]:
    """List the tags of public problems."""
    return {"items": service.list_tags(resources())}


def _present(page: service.ProblemPage) -> dict[str, Any]:
    problem, statement = page.problem, page.statement
    return {
        "slug": problem.slug,
        "number": problem.number,
        "title": statement.title if statement else problem.slug,
        "difficulty": problem.difficulty,
        "tags": problem.tags,
        "visibility": problem.visibility,
        "submissions": page.counts.submissions,
        "accepted": page.counts.accepted,
        "solvers": page.counts.solvers,
        "status": page.status,
        "statement": statement
        and {
            "locale": statement.locale,
            "title": statement.title,
            "html": statement.html,
            "source": statement.source,
            "available_locales": page.locales,
        },
        "samples": [asdict(sample) for sample in page.samples],
        "limits": {
            "cpu_time_ms": problem.cpu_time_limit_ms,
            "memory_kib": problem.memory_limit_kib,
            "output_kib": problem.output_limit_kib,
            "source_bytes": problem.source_limit_bytes,
        },
        "checker": msgspec.to_builtins(msgspec.convert(problem.checker, Checker)),
        "languages": page.languages,
        "source": problem.source,
        "license": problem.license,
        "may_change": page.may_change,
    }
