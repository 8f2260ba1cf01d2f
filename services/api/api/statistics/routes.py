"""`GET /statistics`."""

from __future__ import annotations

from api.statistics import service
from api.statistics.schemas import StatisticsSchema
from api.statistics.service import Counts
from api.web.blueprint import Blueprint
from api.web.context import resources
from api.web.guards import public

blueprint = Blueprint("statistics", prefix="/statistics", description="Counts of the site.")


@blueprint.route("")
@public
@blueprint.response(200, StatisticsSchema)
def get_statistics() -> Counts:
    """Tell how many people, problems and submissions there are."""
    return service.read(resources())
