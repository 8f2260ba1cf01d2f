"""Proving an address and setting a forgotten password."""

from __future__ import annotations

from typing import Any

from api.mailed_links import policy, service
from api.mailed_links.schemas import LinkTokenSchema, NewPasswordSchema, ResetRequestSchema
from api.mailed_links.service import NewPassword
from api.web.blueprint import Blueprint
from api.web.context import client_address, current_actor, resources
from api.web.guards import guarded_by, public

blueprint = Blueprint("mailed_links", prefix="/auth", description="Links in mails.")


@blueprint.route("/verify-email", methods=("POST",))
@public
@blueprint.arguments(LinkTokenSchema)
@blueprint.response(204)
def verify_email(body: dict[str, Any]) -> None:
    """Prove an address with the token of the link in the mail."""
    service.verify_email(resources(), body["token"])


@blueprint.route("/verify-email/resend", methods=("POST",))
@guarded_by(policy.RESEND)
@blueprint.response(202)
def resend_verification() -> dict[str, Any]:
    """Send the mail that proves one's address again."""
    service.resend_verification(resources(), current_actor())
    return {}


@blueprint.route("/password-reset", methods=("POST",))
@public
@blueprint.arguments(ResetRequestSchema)
@blueprint.response(202)
def request_password_reset(body: dict[str, Any]) -> dict[str, Any]:
    """Send a link to set a new password, if there is such an account; the answer is the same."""
    service.request_reset(resources(), body["login"], client_address())
    return {}


@blueprint.route("/password-reset/confirm", methods=("POST",))
@public
@blueprint.arguments(NewPasswordSchema)
@blueprint.response(204)
def confirm_password_reset(new: NewPassword) -> None:
    """Set a new password with the token of the link in the mail."""
    service.confirm_reset(resources(), new, client_address())
