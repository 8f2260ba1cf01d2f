"""One's own personal access tokens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.pagination import Page
from api.tokens import policy, service
from api.tokens.schemas import AccessTokenSchema, CreatedTokenSchema, NewTokenSchema
from api.tokens.service import CreatedToken, NewToken
from api.web.blueprint import Blueprint
from api.web.context import current_actor, resources
from api.web.guards import guarded_by
from api.web.schemas import PageQuery, page_of
from database.models import PersonalAccessToken

blueprint = Blueprint("tokens", prefix="/tokens", description="Keys for programs.")


@blueprint.route("", methods=("POST",))
@guarded_by(policy.MANAGE_OWN)
@blueprint.arguments(NewTokenSchema)
@blueprint.response(201, CreatedTokenSchema)
def create_token(new: NewToken) -> CreatedToken:
    """Make a token. Its secret is in this answer only."""
    return service.create(resources(), current_actor(), new)


@blueprint.route("")
@guarded_by(policy.MANAGE_OWN)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(AccessTokenSchema))
def list_tokens(query: dict[str, Any]) -> Page[PersonalAccessToken]:
    """List one's tokens, newest first."""
    return service.list_own(resources(), current_actor(), query["page"])


@blueprint.route("/<uuid:token_id>", methods=("DELETE",))
@guarded_by(policy.MANAGE_OWN)
@blueprint.response(204)
def revoke_token(token_id: UUID) -> None:
    """Revoke a token at once."""
    service.revoke(resources(), current_actor(), token_id)
