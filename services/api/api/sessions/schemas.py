"""Shapes of signing in on the wire."""

from __future__ import annotations

from marshmallow import fields

from api.sessions.service import Credentials
from api.web.schemas import InputSchema, OutputSchema
from api.web.validators import length

LONGEST = 1000


class CredentialsSchema(InputSchema):
    """Body of a sign-in."""

    makes = Credentials

    login = fields.String(required=True, validate=length(1, LONGEST))
    password = fields.String(required=True, validate=length(1, LONGEST))
    totp = fields.String(load_default=None, allow_none=True, validate=length(0, 10))


class OpenSessionSchema(OutputSchema):
    """A session as its owner sees it."""

    id = fields.UUID(required=True)
    user_agent = fields.String(required=True)
    ip_address = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    last_seen_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    current = fields.Boolean(required=True, metadata={"description": "The one that asks."})
