"""What tests of every feature share: the cast, clients that sign in, rows with boring defaults."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.accounts.secrets import fingerprint, new_secret, new_token
from api.actor import Scope
from api.clock import Clock
from api.web.authentication import CSRF_HEADER, SESSION_COOKIE
from database.engine import SessionFactory, transaction
from database.models import PersonalAccessToken, Session, User

BASE_URL = "https://localhost"
PASSWORD = "correct horse battery"  # noqa: S105 - of the test cast
PASSWORD_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA"  # noqa: S105 - of the test cast
    "$0000000000000000000000000000000000000000000"
)
_numbers = count(1)


@dataclass
class Client:
    """Asks as somebody. Paths are below `/api/v1`; answers are Werkzeug's with `.json`."""

    http: FlaskClient
    user_id: UUID | None = None
    username: str = ""
    csrf_token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **options: Any) -> TestResponse:  # noqa: ANN401 - Werkzeug's
        return self.ask("GET", path, **options)

    def post(self, path: str, body: object = None, **options: Any) -> TestResponse:  # noqa: ANN401
        return self.ask("POST", path, body, **options)

    def put(self, path: str, body: object = None, **options: Any) -> TestResponse:  # noqa: ANN401
        return self.ask("PUT", path, body, **options)

    def patch(self, path: str, body: object = None, **options: Any) -> TestResponse:  # noqa: ANN401
        return self.ask("PATCH", path, body, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:  # noqa: ANN401 - Werkzeug's
        return self.ask("DELETE", path, **options)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        **options: Any,  # noqa: ANN401 - Werkzeug's
    ) -> TestResponse:
        """Send a request with this client's credentials; `body` goes as JSON."""
        headers = {**self.headers, **options.pop("headers", {})}
        if self.csrf_token:
            headers.setdefault(CSRF_HEADER, self.csrf_token)
        if body is not None:
            options["data"] = json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
        return self.http.open(
            f"/api/v1{path}", method=method, headers=headers, base_url=BASE_URL, **options
        )


def visitor(app: Flask, **headers: str) -> Client:
    """Return somebody who is not signed in. Speaks English unless told otherwise."""
    return Client(app.test_client(), headers={"Accept-Language": "en", **headers})


def make_user(
    sessions: SessionFactory,
    username: str = "",
    *,
    verified: bool = True,
    **values: Any,  # noqa: ANN401
) -> User:
    """Make an account that can be used but not signed in to (see PASSWORD_HASH)."""
    name = username or f"person-{next(_numbers)}"
    fields = {
        "username": name,
        "display_name": name.title(),
        "email": f"{name}@example.org",
        "password_hash": PASSWORD_HASH,
        "locale": "en",
        "email_verified_at": datetime.fromisoformat("2026-01-01T00:00:00+00:00")
        if verified
        else None,
        **values,
    }
    with transaction(sessions) as db:
        user = User(**fields)
        db.add(user)
    return user


def sign_in(app: Flask, sessions: SessionFactory, clock: Clock, user: User) -> Client:
    """Return the browser of a person, signed in."""
    secret, csrf_token, now = new_secret(), new_secret(), clock.now()
    with transaction(sessions) as db:
        db.add(
            Session(
                user_id=user.id,
                token_hash=fingerprint(secret),
                csrf_token=csrf_token,
                created_at=now,
                last_seen_at=now,
                expires_at=now + timedelta(days=14),
            )
        )
    client = visitor(app)
    client.http.set_cookie(SESSION_COOKIE, secret, domain="localhost", secure=True)
    client.user_id, client.username, client.csrf_token = user.id, user.username, csrf_token
    return client


def with_token(app: Flask, sessions: SessionFactory, user_id: UUID, *scopes: Scope) -> Client:
    """Return a program that acts for a person, with these scopes (all when none is given)."""
    token = new_token()
    with transaction(sessions) as db:
        db.add(
            PersonalAccessToken(
                user_id=user_id,
                name="test",
                token_hash=fingerprint(token),
                scopes=[scope.value for scope in scopes or Scope],
            )
        )
    return Client(
        app.test_client(),
        user_id=user_id,
        headers={"Accept-Language": "en", "Authorization": f"Bearer {token}"},
    )


@dataclass(frozen=True)
class Cast:
    """Ada and Bela take part, Jury sets problems, Admin runs the site, Visitor is nobody yet."""

    ada: Client
    bela: Client
    jury: Client
    admin: Client
    visitor: Client

    @property
    def everybody(self) -> dict[str, Client]:
        """All of them by name, for tables of who may do what."""
        return {
            "ada": self.ada,
            "bela": self.bela,
            "jury": self.jury,
            "admin": self.admin,
            "visitor": self.visitor,
        }


def make_cast(app: Flask, sessions: SessionFactory, clock: Clock) -> Cast:
    """Make the people and sign them in."""

    def member(name: str, *roles: str) -> Client:
        return sign_in(app, sessions, clock, make_user(sessions, name, roles=list(roles)))

    return Cast(
        ada=member("ada"),
        bela=member("bela"),
        jury=member("jury", "setter"),
        admin=member("admin", "admin"),
        visitor=visitor(app),
    )
