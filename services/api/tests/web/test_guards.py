from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from flask import Flask

from api.actor import Actor, Person, Role, Scope
from api.app import create_app
from api.policy import Policy
from api.resources import Resources
from api.settings import Role as ProcessRole
from api.testing import Cast, Client
from api.web.blueprint import Blueprint
from api.web.context import LIVE_SUBSCRIBER
from api.web.guards import guard_of
from database.base import new_id

pytestmark = pytest.mark.database


def person(*roles: Role) -> Person:
    epoch = datetime.fromtimestamp(0, UTC)
    return Person(new_id(), "x", "X", "x@y.org", frozenset(roles), "en", None, epoch)


def guarded(app: Flask) -> list[tuple[str, str, Policy]]:
    found = []
    for rule in app.url_map.iter_rules():
        guard = guard_of(app.view_functions[rule.endpoint])
        assert guard is not None
        if guard.policy is None:
            continue
        values = {name: new_id() for name in rule.arguments}
        path = app.url_map.bind("localhost").build(rule.endpoint, values)
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        found += [(method, path.removeprefix("/api/v1"), guard.policy) for method in methods]
    return found


@pytest.mark.parametrize("role", list(ProcessRole))
def test_every_route_of_every_role_has_a_guard(resources: Resources, role: ProcessRole) -> None:
    settings = dataclasses.replace(resources.settings, role=role)
    app = create_app(resources=dataclasses.replace(resources, settings=settings))
    if role is ProcessRole.LIVE:
        app.extensions[LIVE_SUBSCRIBER].stop()
    for rule in app.url_map.iter_rules():
        assert guard_of(app.view_functions[rule.endpoint]) is not None, rule.rule


def test_a_route_without_a_guard_cannot_be_made() -> None:
    blueprint = Blueprint("test", description="")
    with pytest.raises(TypeError, match="needs @guarded_by"):
        blueprint.route("/x")(lambda: None)


def test_visitors_are_turned_away_from_every_guarded_route(app: Flask, client: Client) -> None:
    routes = guarded(app)
    assert len(routes) > 10
    for method, path, _ in routes:
        answer = client.ask(method, path, None if method == "GET" else {})
        assert answer.status_code == 401, (method, path)


def test_writes_without_the_csrf_token_are_turned_away_everywhere(app: Flask, cast: Cast) -> None:
    cast.admin.csrf_token = ""
    for method, path, _ in guarded(app):
        if method != "GET":
            assert cast.admin.ask(method, path, {}).status_code == 403, (method, path)


def test_whom_a_policy_does_not_allow_is_turned_away(app: Flask, cast: Cast) -> None:
    participant = Actor(person(), frozenset(Scope))
    closed = [route for route in guarded(app) if not route[2].allows(participant)]
    assert closed
    for method, path, _ in closed:
        answer = cast.ada.ask(method, path, None if method == "GET" else {})
        assert answer.status_code == 403, (method, path)


def test_roles_count_only_with_their_scope() -> None:
    everything = person(Role.ADMIN, Role.SETTER)
    assert Actor(everything, frozenset(Scope)).is_admin
    assert not Actor(everything, frozenset({Scope.PROBLEMS})).is_admin
    assert Actor(everything, frozenset({Scope.PROBLEMS})).is_setter
    assert not Actor(everything, frozenset({Scope.SUBMIT})).is_setter
    assert Actor(person(Role.ADMIN), frozenset(Scope)).is_setter
    assert not Actor(person(Role.SETTER), frozenset(Scope)).is_admin
