"""Who is asking: the session cookie of a browser, or the bearer token of a program."""

from __future__ import annotations

from hmac import compare_digest
from typing import Final
from urllib.parse import urlsplit

from flask import Response, g, request

from api.actor import VISITOR, Actor
from api.errors import Forbidden, NotAuthenticated
from api.web.context import resources

SESSION_COOKIE: Final = "__Host-codeplace_session"
CSRF_COOKIE: Final = "csrf_token"
CSRF_HEADER: Final = "X-CSRF-Token"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION_DAYS: Final = 14


def authenticate() -> Actor:
    """Return the actor of this request; a visitor when nothing was sent or the session is over.

    Raises:
        NotAuthenticated: a token was sent that is not, or not any more, good.

    """
    if "Authorization" in request.headers:
        return _by_token(request.headers["Authorization"])
    cookie = request.cookies.get(SESSION_COOKIE)
    if not cookie:
        return VISITOR
    found = resources().authenticator.by_session(cookie)
    if found is None:
        g.session_expired = True
        return VISITOR
    actor, g.csrf_token = found
    return actor


def require_person(actor: Actor) -> None:
    """Turn visitors away, telling those whose session is over that it is."""
    if not actor.is_signed_in:
        raise NotAuthenticated("session_expired" if g.get("session_expired") else "")


def require_same_site() -> None:
    """Refuse writes that a browser sends for another site's page.

    Raises:
        Forbidden: `csrf_failed`.

    """
    if request.method in SAFE_METHODS or "Authorization" in request.headers:
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc not in _own_hosts():
        raise Forbidden("csrf_failed")
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        raise Forbidden("csrf_failed")


def require_csrf_token() -> None:
    """Refuse writes within a browser session that do not repeat its CSRF token.

    Raises:
        Forbidden: `csrf_failed`.

    """
    expected: str | None = g.get("csrf_token")
    if expected is None or request.method in SAFE_METHODS:
        return
    sent = request.headers.get(CSRF_HEADER, "")
    if not compare_digest(sent.encode(), expected.encode()):
        raise Forbidden("csrf_failed")


def set_session_cookies(response: Response, secret: str, csrf_token: str) -> None:
    """Sign the browser in. The second cookie is for the page's script to read."""
    age = SESSION_DAYS * 24 * 3600
    response.set_cookie(
        SESSION_COOKIE, secret, max_age=age, path="/", secure=True, httponly=True, samesite="Lax"
    )
    response.set_cookie(CSRF_COOKIE, csrf_token, max_age=age, path="/", secure=True, samesite="Lax")


def clear_session_cookies(response: Response) -> None:
    """Sign the browser out."""
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    response.delete_cookie(CSRF_COOKIE, path="/", secure=True, samesite="Lax")


def _by_token(header: str) -> Actor:
    kind, _, secret = header.partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise NotAuthenticated("token_invalid")
    actor = resources().authenticator.by_token(secret.strip())
    if actor is None:
        raise NotAuthenticated("token_invalid")
    return actor


def _own_hosts() -> set[str]:
    return {request.host, urlsplit(resources().settings.public_url).netloc}
