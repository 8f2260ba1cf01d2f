"""Signing in and out, and the list of one's own sessions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, make_response, request

from api.accounts.schemas import AccountAnswerSchema
from api.pagination import Page
from api.sessions import policy, service
from api.sessions.schemas import CredentialsSchema, OpenSessionSchema
from api.sessions.service import Credentials, OpenSession, Origin
from api.web.authentication import clear_session_cookies, set_session_cookies
from api.web.blueprint import Blueprint
from api.web.context import client_address, current_actor, resources
from api.web.guards import guarded_by, public
from api.web.schemas import page_of

blueprint = Blueprint("sessions", description="Signing in and out.")


@blueprint.route("/auth/login", methods=("POST",))
@public
@blueprint.arguments(CredentialsSchema)
@blueprint.response(200, AccountAnswerSchema)
def login(given: Credentials) -> Response:
    """Sign in a browser; the cookies of the answer are the session."""
    origin = Origin(client_address(), request.headers.get("User-Agent", ""))
    signed_in = service.login(resources(), given, origin)
    response = make_response(AccountAnswerSchema().dump({"user": signed_in.user}))
    set_session_cookies(response, signed_in.secret, signed_in.csrf_token)
    return response


@blueprint.route("/auth/logout", methods=("POST",))
@guarded_by(policy.LOGOUT)
@blueprint.response(204)
def logout() -> Response:
    """End this session."""
    service.logout(resources(), current_actor())
    response = make_response("", 204)
    clear_session_cookies(response)
    return response


@blueprint.route("/me/sessions")
@guarded_by(policy.READ_OWN)
@blueprint.response(200, page_of(OpenSessionSchema))
def list_sessions() -> Page[OpenSession]:
    """List where one is signed in."""
    found = service.list_own(resources(), current_actor())
    return Page(found, None, len(found))


@blueprint.route("/me/sessions/<uuid:session_id>", methods=("DELETE",))
@guarded_by(policy.END_OWN)
@blueprint.response(204)
def end_session(session_id: UUID) -> Any:  # noqa: ANN401 - no body
    """Sign out one of one's own sessions."""
    service.end_own(resources(), current_actor(), session_id)
