"""Every route of every role is guarded by a policy, or is public and named here."""

from __future__ import annotations

import pytest

from api.app import create_app
from api.settings import Role, Settings
from api.web.guards import guard_of

ENVIRONMENT = {
    # Nothing is asked of either: routes are known before the first request.
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "0123456789abcdef" * 2,
    "MAIL_LINK_KEY": "0123456789abcdef" * 2,
}

PUBLIC = {
    # Getting in, and what a link in a mail leads to.
    "POST /auth/register",
    "POST /auth/login",
    "POST /auth/verify-email",
    "POST /auth/password-reset",
    "POST /auth/password-reset/confirm",
    # Practice problems and the standings are for everybody.
    "GET /languages",
    "GET /problems",
    "GET /problems/<slug>",
    "GET /tags",
    "GET /submissions",
    "GET /submissions/<uuid:submission_id>",
    "GET /announcements",
    "GET /announcements/<uuid:announcement_id>",
    "GET /ranking",
    "GET /statistics",
    "GET /users/<username>",
    # Doorbells carry no content; the reader asks again and is answered by the policies.
    "GET /live",
    "GET /openapi.json",
    "GET /health/live",
    "GET /health/ready",
}


@pytest.fixture(scope="module")
def guards() -> dict[str, str | None]:
    """The guard's name of each method and path, None where somebody forgot it."""
    found: dict[str, str | None] = {}
    for role in Role:
        app = create_app(Settings.from_environment({**ENVIRONMENT, "API_ROLE": role.value}))
        for rule in app.url_map.iter_rules():
            guard = guard_of(app.view_functions[rule.endpoint])
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                path = rule.rule.removeprefix("/api/v1")
                found[f"{method} {path}"] = guard.name if guard else None
    return found


def test_every_route_has_a_guard(guards: dict[str, str | None]) -> None:
    assert [route for route, guard in guards.items() if guard is None] == []


def test_the_public_routes_are_the_ones_named_here(guards: dict[str, str | None]) -> None:
    assert {route for route, guard in guards.items() if guard == "public"} == PUBLIC


def test_every_write_that_is_not_a_way_in_needs_somebody(guards: dict[str, str | None]) -> None:
    writes = {route for route in guards if not route.startswith("GET ")}
    unguarded = {route for route in writes if guards[route] == "public"}
    assert all(" /auth/" in route for route in unguarded)
