"""Shapes of tokens on the wire."""

from __future__ import annotations

from marshmallow import fields

from api.actor import Scope
from api.tokens.service import NewToken
from api.web.schemas import InputSchema, OutputSchema
from api.web.validators import length, one_of


class NewTokenSchema(InputSchema):
    """Body that asks for a token."""

    makes = NewToken

    name = fields.String(required=True, validate=length(1, 60))
    scopes = fields.List(
        fields.String(validate=one_of(*(scope.value for scope in Scope))),
        required=True,
        validate=length(1, 10),
    )
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)


class AccessTokenSchema(OutputSchema):
    """A token without its secret."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    created_at = fields.AwareDateTime(required=True)
    last_used_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)


class CreatedTokenSchema(OutputSchema):
    """A new token with its secret."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    scopes = fields.List(fields.String(), required=True)
    created_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)
    token = fields.String(required=True, metadata={"description": "Shown this once."})
