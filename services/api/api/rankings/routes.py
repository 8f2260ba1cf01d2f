"""`/ranking` and `/users/{username}`."""

from __future__ import annotations

from typing import Any

from api.pagination import Page
from api.rankings import service
from api.rankings.schemas import ProfileSchema, RankingItemSchema
from api.web.blueprint import Blueprint
from api.web.context import reader_locale, resources
from api.web.guards import public
from api.web.schemas import LanguageQuery, PageQuery, page_of

blueprint = Blueprint("rankings", description="The site-wide ranking and public profiles.")


@blueprint.route("/ranking")
@public
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(RankingItemSchema))
def show_ranking(query: dict[str, Any]) -> Page[Any]:
    """List people by score; refreshed each minute."""
    return service.show_ranking(resources(), query["page"])


@blueprint.route("/users/<username>")
@public
@blueprint.arguments(LanguageQuery, location="query")
@blueprint.response(200, ProfileSchema)
def show_user(_query: dict[str, Any], username: str) -> dict[str, Any]:
    """Show what is public about a person."""
    return service.show_profile(resources(), username, reader_locale())
