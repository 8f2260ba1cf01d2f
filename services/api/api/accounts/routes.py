"""Registering, and one's own account."""

from __future__ import annotations

from api.accounts import policy, service
from api.accounts.schemas import (
    AccountAnswerSchema,
    AccountSchema,
    NewAccountSchema,
    PasswordChangeSchema,
    ProfileChangeSchema,
)
from api.accounts.service import Account, NewAccount, PasswordChange, ProfileChange
from api.web.blueprint import Blueprint
from api.web.context import client_address, current_actor, reader_locale, resources
from api.web.guards import guarded_by, public

blueprint = Blueprint("accounts", description="Accounts of people.")


@blueprint.route("/auth/register", methods=("POST",))
@public
@blueprint.arguments(NewAccountSchema)
@blueprint.response(201, AccountAnswerSchema)
def register(new: NewAccount) -> dict[str, Account]:
    """Make an account. A mail with a link to prove the address follows."""
    user = service.register(resources(), new, locale=reader_locale(), address=client_address())
    return {"user": user}


@blueprint.route("/me")
@guarded_by(policy.READ_SELF)
@blueprint.response(200, AccountSchema)
def get_me() -> Account:
    """Tell who is signed in."""
    return service.account_of(resources(), current_actor().signed_in())


@blueprint.route("/me", methods=("PATCH",))
@guarded_by(policy.MANAGE_SELF)
@blueprint.arguments(ProfileChangeSchema)
@blueprint.response(200, AccountSchema)
def change_me(change: ProfileChange) -> Account:
    """Change one's display name or language."""
    return service.change_profile(resources(), current_actor(), change)


@blueprint.route("/me/password", methods=("PUT",))
@guarded_by(policy.MANAGE_SELF)
@blueprint.arguments(PasswordChangeSchema)
@blueprint.response(204)
def change_password(change: PasswordChange) -> None:
    """Set a new password. All other sessions end."""
    service.change_password(resources(), current_actor(), change)
