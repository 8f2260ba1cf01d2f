"""Shapes of accounts on the wire."""

from __future__ import annotations

from marshmallow import fields

from api.accounts.service import NewAccount, PasswordChange, ProfileChange
from api.i18n import LOCALES
from api.web.schemas import InputSchema, OutputSchema
from api.web.validators import length, one_of

LONGEST = 1000
"""Far beyond what the rules allow: only keeps the rules from working on megabytes."""


class NewAccountSchema(InputSchema):
    """Body of a registration. The rules of each field are in `accounts.rules`."""

    makes = NewAccount

    username = fields.String(required=True, validate=length(0, LONGEST))
    display_name = fields.String(validate=length(0, LONGEST))
    email = fields.String(required=True, validate=length(0, LONGEST))
    password = fields.String(required=True, validate=length(0, LONGEST))
    locale = fields.String(validate=one_of(*LOCALES))


class ProfileChangeSchema(InputSchema):
    """Body of a change to one's own account."""

    makes = ProfileChange

    display_name = fields.String(validate=length(0, LONGEST))
    locale = fields.String(validate=one_of(*LOCALES))


class PasswordChangeSchema(InputSchema):
    """Body of a change of password."""

    makes = PasswordChange

    current_password = fields.String(required=True, validate=length(0, LONGEST))
    new_password = fields.String(required=True, validate=length(0, LONGEST))


class AccountSchema(OutputSchema):
    """A person as they see themselves."""

    id = fields.UUID(required=True)
    username = fields.String(required=True)
    display_name = fields.String(required=True)
    email = fields.String(required=True)
    email_verified_at = fields.AwareDateTime(required=True, allow_none=True)
    verify_by = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "Until when the address has to be proven; null once it is."},
    )
    roles = fields.List(fields.String(), required=True)
    locale = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)


class AccountAnswerSchema(OutputSchema):
    """An account under the name `user`."""

    user = fields.Nested(AccountSchema, required=True)
