"""`/rejudgings`: for the jury of the problems, and admins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.pagination import Page
from api.rejudgings import policy, service
from api.rejudgings.schemas import (
    ChangeQuery,
    RejudgingChangeSchema,
    RejudgingInputSchema,
    RejudgingItemSchema,
    RejudgingPreviewInputSchema,
    RejudgingPreviewSchema,
    RejudgingSchema,
)
from api.rejudgings.service import NewRejudging
from api.web.blueprint import Blueprint
from api.web.context import current_actor, resources
from api.web.guards import guarded_by
from api.web.schemas import PageQuery, page_of

blueprint = Blueprint("rejudgings", prefix="/rejudgings", description="Judging again.")


@blueprint.route("", methods=("POST",))
@guarded_by(policy.MANAGE)
@blueprint.arguments(RejudgingInputSchema)
@blueprint.response(201, RejudgingSchema)
def create_rejudging(new: NewRejudging) -> dict[str, Any]:
    """Judge again, beside what counts now."""
    return service.create(resources(), current_actor(), new)


@blueprint.route("/preview", methods=("POST",))
@guarded_by(policy.MANAGE)
@blueprint.arguments(RejudgingPreviewInputSchema)
@blueprint.response(200, RejudgingPreviewSchema)
def preview_rejudging(body: dict[str, Any]) -> dict[str, Any]:
    """Say what a filter means; nothing is judged."""
    return service.preview(resources(), current_actor(), body["filter"])


@blueprint.route("")
@guarded_by(policy.MANAGE)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(RejudgingItemSchema))
def list_rejudgings(query: dict[str, Any]) -> Page[Any]:
    """List rejudgings, the newest first."""
    return service.find(resources(), current_actor(), query["page"])


@blueprint.route("/<uuid:rejudging_id>")
@guarded_by(policy.MANAGE)
@blueprint.response(200, RejudgingSchema)
def show_rejudging(rejudging_id: UUID) -> dict[str, Any]:
    """Show how far it is and what it changes."""
    return service.show(resources(), current_actor(), rejudging_id)


@blueprint.route("/<uuid:rejudging_id>/changes")
@guarded_by(policy.MANAGE)
@blueprint.arguments(ChangeQuery, location="query")
@blueprint.response(200, page_of(RejudgingChangeSchema))
def list_rejudging_changes(query: dict[str, Any], rejudging_id: UUID) -> Page[Any]:
    """List what becomes of each submission."""
    return service.changes(
        resources(), current_actor(), rejudging_id, query["outcome"], query["page"]
    )


@blueprint.route("/<uuid:rejudging_id>/apply", methods=("POST",))
@guarded_by(policy.MANAGE)
@blueprint.response(200, RejudgingSchema)
def apply_rejudging(rejudging_id: UUID) -> dict[str, Any]:
    """Make the new verdicts count, all at once."""
    return service.apply(resources(), current_actor(), rejudging_id)


@blueprint.route("/<uuid:rejudging_id>/cancel", methods=("POST",))
@guarded_by(policy.MANAGE)
@blueprint.response(200, RejudgingSchema)
def cancel_rejudging(rejudging_id: UUID) -> dict[str, Any]:
    """Drop it; what is not judged yet is not judged any more."""
    return service.cancel(resources(), current_actor(), rejudging_id)
