"""`/health/live` and `/health/ready`."""

from __future__ import annotations

from typing import Any

from flask import current_app

from api.health import store
from api.health.schemas import HealthSchema
from api.web.blueprint import Blueprint
from api.web.context import HEALTH_CHECKS, resources
from api.web.guards import public

blueprint = Blueprint("health", prefix="/health", description="Is this process well?")


@blueprint.route("/live")
@public
@blueprint.response(200, HealthSchema)
def live() -> dict[str, Any]:
    """Answer as long as the process can answer at all."""
    return {"status": "ok", "missing": []}


@blueprint.route("/ready")
@public
@blueprint.response(200, HealthSchema)
@blueprint.alt_response(503, schema=HealthSchema)
def ready() -> tuple[dict[str, Any], int]:
    """Answer 503 with what is missing while requests would fail.

    Only the live role asks for Redis: without it submissions are still accepted, and the sweep
    rings later.
    """
    missing = store.missing(resources().sessions)
    for check in current_app.extensions.get(HEALTH_CHECKS, ()):
        missing += check()
    return {"status": "unavailable" if missing else "ok", "missing": missing}, (
        503 if missing else 200
    )
