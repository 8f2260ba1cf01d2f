"""What a route asks about the request it answers."""

from __future__ import annotations

from typing import Final

from flask import current_app, g, has_request_context, request

from api.actor import VISITOR, Actor
from api.i18n import DEFAULT_LOCALE, LOCALES, Translator, negotiate
from api.resources import Resources

EXTENSION: Final = "codeplace"
TRANSLATOR: Final = "codeplace-translator"
HEALTH_CHECKS: Final = "codeplace-health-checks"
"""Functions that name what is missing in this role, besides the database."""
LIVE_HUB: Final = "codeplace-live-hub"
LIVE_SUBSCRIBER: Final = "codeplace-live-subscriber"


def resources() -> Resources:
    """Return what app.py wired; services take it as their first argument."""
    found: Resources = current_app.extensions[EXTENSION]
    return found


def translator() -> Translator:
    """Return all catalogues."""
    found: Translator = current_app.extensions[TRANSLATOR]
    return found


def current_actor() -> Actor:
    """Return who asks. On public routes this is where the session is looked up."""
    # Here and not at the top: authentication reads the context in its turn.
    from api.web.authentication import authenticate  # noqa: PLC0415

    if "actor" not in g:
        g.actor = authenticate()
    actor: Actor = g.actor
    return actor


def reader_locale() -> str:
    """Return the reader's language: `?lang`, else Accept-Language, else the account's, else ko.

    The header comes before the account because the page sends the language it is shown in.
    """
    wanted = request.args.get("lang")
    if wanted in LOCALES:
        return wanted
    accepted = negotiate(request.accept_languages.values())
    if accepted:
        return accepted
    # Never looked up for this: an error about the session must not need the session.
    actor: Actor = g.get("actor", VISITOR)
    return actor.person.locale if actor.person else DEFAULT_LOCALE


def trace_id() -> str:
    """Return the id that follows this request into messages and logs."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def client_address() -> str:
    """Return the sender's IP address, as the proxies in front say."""
    return request.remote_addr or ""
