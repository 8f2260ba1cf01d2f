"""`/playground-runs`: asking in the role intake, showing in the role api."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.playground import policy, service
from api.playground.schemas import PlaygroundRunSchema, PlaygroundSchema
from api.web.blueprint import Blueprint
from api.web.context import current_actor, resources, trace_id
from api.web.guards import guarded_by

intake_blueprint = Blueprint("playground_intake", description="Taking playground runs.")
blueprint = Blueprint("playground", description="Playground runs.")


@intake_blueprint.route("/playground-runs", methods=("POST",))
@guarded_by(policy.RUN)
@intake_blueprint.arguments(PlaygroundSchema)
@intake_blueprint.response(202, PlaygroundRunSchema)
def run_playground(body: dict[str, Any]) -> dict[str, Any]:
    """Run a program on own input, or on a problem's samples."""
    request = service.Request(**body, trace_id=trace_id())
    return service.run(resources(), current_actor(), request)


@blueprint.route("/playground-runs/<uuid:run_id>")
@guarded_by(policy.READ)
@blueprint.response(200, PlaygroundRunSchema)
def show_playground_run(run_id: UUID) -> dict[str, Any]:
    """Show a playground run to who asked for it."""
    return service.show(resources(), current_actor(), run_id)
