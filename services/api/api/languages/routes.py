"""`/languages`."""

from __future__ import annotations

from typing import Any

from api.languages import service
from api.languages.schemas import LanguagesSchema
from api.web.blueprint import Blueprint
from api.web.context import resources
from api.web.guards import public

blueprint = Blueprint("languages", description="Programming languages.")


@blueprint.route("/languages")
@public
@blueprint.response(200, LanguagesSchema)
def list_languages() -> dict[str, Any]:
    """List the languages, with the commands that the judges use."""
    languages = service.list_languages(resources())
    return {"items": languages, "next_cursor": None, "total": len(languages)}
