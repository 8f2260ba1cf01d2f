"""`/submissions`: taking them in the role intake, showing them in the role api."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.pagination import Page, PageRequest
from api.submissions import intake, policy, service
from api.submissions.program import Sent
from api.submissions.schemas import (
    SourceSchema,
    SubmissionItemSchema,
    SubmissionQuery,
    SubmissionSchema,
    SubmitSchema,
)
from api.submissions.store import Filters
from api.web.blueprint import Blueprint
from api.web.context import client_address, current_actor, reader_locale, resources, trace_id
from api.web.guards import guarded_by, public
from api.web.schemas import page_of

intake_blueprint = Blueprint("intake", description="Taking submissions.")
blueprint = Blueprint("submissions", description="Submissions and what became of them.")


@intake_blueprint.route("/submissions", methods=("POST",))
@guarded_by(policy.SEND)
@intake_blueprint.arguments(SubmitSchema)
@intake_blueprint.response(202, SubmissionSchema)
def submit(body: dict[str, Any]) -> dict[str, Any]:
    """Take a program; answered at once, long before it is judged."""
    names = ("source", "filename", "files", "entry_point")
    request = intake.Request(
        program=Sent(**{name: body.pop(name) for name in names}),
        ip_address=client_address(),
        locale=reader_locale(),
        trace_id=trace_id(),
        **body,
    )
    taken = intake.submit(resources(), current_actor(), request)
    return {**taken, "queue_position": None, "reason": None}


@blueprint.route("/submissions/<uuid:submission_id>")
@public
@blueprint.response(200, SubmissionSchema)
def show_submission(submission_id: UUID) -> dict[str, Any]:
    """Show one submission with its runs, as far as the reader may see them."""
    return service.show(resources(), current_actor(), submission_id, reader_locale())


@blueprint.route("/submissions/<uuid:submission_id>/source")
@guarded_by(policy.READ)
@blueprint.response(200, SourceSchema)
def show_source(submission_id: UUID) -> dict[str, Any]:
    """Show the program, to its sender and the problem's jury."""
    return service.source(resources(), current_actor(), submission_id)


@blueprint.route("/submissions")
@public
@blueprint.arguments(SubmissionQuery, location="query")
@blueprint.response(200, page_of(SubmissionItemSchema))
def list_submissions(query: dict[str, Any]) -> Page[Any]:
    """List submissions, the newest first."""
    page: PageRequest = query.pop("page")
    if query.pop("contest") is not None:
        # No contests yet: none of the submissions is in one.
        return Page([], None, 0)
    actor = current_actor()
    filters = Filters(
        reader_id=actor.user_id, sees_everything=actor.is_admin, locale=reader_locale(), **query
    )
    return service.find(resources(), filters, page)
