"""Shapes of mailed links on the wire."""

from __future__ import annotations

from marshmallow import fields

from api.mailed_links.service import NewPassword
from api.web.schemas import InputSchema
from api.web.validators import length

LONGEST = 1000


class LinkTokenSchema(InputSchema):
    """Body with the token of a link."""

    token = fields.String(required=True, validate=length(1, LONGEST))


class ResetRequestSchema(InputSchema):
    """Body of a request for a new password: a user name or an e-mail address."""

    login = fields.String(required=True, validate=length(1, LONGEST))


class NewPasswordSchema(InputSchema):
    """Body that sets the new password."""

    makes = NewPassword

    token = fields.String(required=True, validate=length(1, LONGEST))
    password = fields.String(required=True, validate=length(0, LONGEST))
