from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from api.actor import Scope
from api.clock import FakeClock
from api.testing import Cast, Client, with_token
from database.engine import SessionFactory
from database.models import PersonalAccessToken

pytestmark = pytest.mark.database

NEW = {"name": "laptop", "scopes": ["submit"]}


def program(app: Flask, token: str) -> Client:
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    return Client(app.test_client(), headers=headers)


def make(client: Client, **changes: object) -> dict[str, str]:
    answer = client.post("/tokens", {**NEW, **changes})
    assert answer.status_code == 201, answer.text
    assert answer.json is not None
    found: dict[str, str] = answer.json
    return found


def test_a_token_is_shown_once_and_acts_for_its_owner(
    app: Flask, cast: Cast, sessions: SessionFactory, noise: None
) -> None:
    created = make(cast.ada)
    assert created["token"].startswith("cp_")
    assert len(created["token"]) == 46
    me = program(app, created["token"]).get("/me").json
    assert me is not None
    assert me["username"] == "ada"
    listed = cast.ada.get("/tokens")
    assert listed.json is not None
    assert [item["name"] for item in listed.json["items"]] == ["laptop"]
    assert listed.json["items"][0]["last_used_at"] is not None
    assert created["token"] not in listed.text
    with sessions() as db:
        assert created["token"] not in {
            row.token_hash for row in db.scalars(select(PersonalAccessToken))
        }


def test_a_revoked_token_is_refused_at_once(app: Flask, cast: Cast) -> None:
    created = make(cast.ada)
    assert cast.ada.delete(f"/tokens/{created['id']}").status_code == 204
    answer = program(app, created["token"]).get("/me")
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["error"]["code"] == "token_invalid"
    assert cast.ada.delete(f"/tokens/{created['id']}").status_code == 404


def test_an_expired_token_is_refused(app: Flask, cast: Cast, clock: FakeClock) -> None:
    expires_at = (clock.now() + timedelta(hours=1)).isoformat()
    created = make(cast.ada, expires_at=expires_at)
    assert program(app, created["token"]).get("/me").status_code == 200
    clock.advance(hours=2)
    assert program(app, created["token"]).get("/me").status_code == 401


def test_others_tokens_do_not_exist(cast: Cast) -> None:
    created = make(cast.ada)
    for client in (cast.bela, cast.admin):
        assert client.delete(f"/tokens/{created['id']}").status_code == 404
        listed = client.get("/tokens").json
        assert listed is not None
        assert listed["items"] == []
    assert cast.visitor.get("/tokens").status_code == 401


def test_a_token_cannot_make_itself_a_stronger_one(
    app: Flask, cast: Cast, sessions: SessionFactory
) -> None:
    assert cast.admin.user_id is not None
    weak = with_token(app, sessions, cast.admin.user_id, Scope.SUBMIT, Scope.PROBLEMS)
    assert weak.post("/tokens", {"name": "x", "scopes": ["admin"]}).status_code == 403
    strong = with_token(app, sessions, cast.admin.user_id, Scope.ADMIN)
    assert strong.post("/tokens", {"name": "x", "scopes": ["admin"]}).status_code == 201


def test_an_admins_token_has_no_more_power_than_its_scopes(
    app: Flask, cast: Cast, sessions: SessionFactory
) -> None:
    assert cast.admin.user_id is not None
    weak = with_token(app, sessions, cast.admin.user_id, Scope.READ)
    assert weak.post("/announcements", {"title_ko": "x"}).status_code == 403


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "Bearer cp_wrong", "x"])
def test_a_bad_authorization_header_is_refused_although_a_session_is_open(
    cast: Cast, header: str
) -> None:
    answer = cast.ada.get("/me", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["error"]["code"] == "token_invalid"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["root"]}, "scopes.0"),
        ({"scopes": "read"}, "scopes"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2999-01-01T00:00:00"}, "expires_at"),
        ({"user_id": "x"}, "user_id"),
    ],
)
def test_a_bad_token_request_is_named(cast: Cast, changes: dict[str, object], field: str) -> None:
    answer = cast.ada.post("/tokens", {**NEW, **changes})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]


def test_there_is_a_most_number_of_tokens(cast: Cast) -> None:
    for number in range(50):
        make(cast.ada, name=str(number))
    assert cast.ada.post("/tokens", NEW).status_code == 422
    make(cast.bela)


def test_tokens_are_listed_page_by_page(cast: Cast, clock: FakeClock) -> None:
    for number in range(5):
        make(cast.ada, name=str(number))
        clock.advance(seconds=1)
    names, query = [], "?limit=2"
    while query:
        page = cast.ada.get(f"/tokens{query}").json
        assert page is not None
        names += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        query = f"?limit=2&cursor={cursor}" if cursor else ""
    assert names == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "cursor=x", "cursor=W10", "cursor=WyIxIiwiMiJd", "q=1"],
)
def test_a_bad_page_is_refused(cast: Cast, query: str) -> None:
    answer = cast.ada.get(f"/tokens?{query}")
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [query.split("=", maxsplit=1)[0]]
