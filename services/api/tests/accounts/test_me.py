from __future__ import annotations

import pytest
from flask import Flask

from api.accounts.hashing import Argon2Hasher
from api.actor import Scope
from api.clock import FakeClock
from api.testing import Cast, Client, make_user, sign_in, with_token
from database.engine import SessionFactory

pytestmark = pytest.mark.database

OLD = "a quiet lantern"
HASH = Argon2Hasher().hash(OLD)


def test_people_see_themselves(cast: Cast, noise: None) -> None:
    answer = cast.jury.get("/me").json
    assert answer is not None
    assert (answer["username"], answer["roles"], answer["email"]) == (
        "jury",
        ["setter"],
        "jury@example.org",
    )
    assert answer["verify_by"] is None
    assert "password_hash" not in answer


def test_a_visitor_is_asked_to_sign_in_in_their_language(cast: Cast) -> None:
    answer = cast.visitor.get("/me", headers={"Accept-Language": "ko"})
    assert answer.status_code == 401
    assert answer.json == {
        "error": {"code": "not_authenticated", "message": "로그인이 필요합니다."}
    }


def test_people_change_their_name_and_language_and_nothing_else(cast: Cast) -> None:
    answer = cast.ada.patch("/me", {"display_name": "에이다", "locale": "ko"})
    assert answer.status_code == 200
    again = cast.ada.get("/me").json
    assert again is not None
    assert (again["display_name"], again["locale"]) == ("에이다", "ko")
    belas = cast.bela.get("/me").json
    assert belas is not None
    assert belas["display_name"] == "Bela"
    for field, value in {"roles": ["admin"], "username": "x", "email": "x@y.org"}.items():
        refused = cast.ada.patch("/me", {field: value})
        assert refused.status_code == 422
        assert refused.json is not None
        assert list(refused.json["error"]["fields"]) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [("display_name", " "), ("display_name", "x" * 41), ("locale", "fr"), ("locale", 1)],
)
def test_a_bad_change_is_refused(cast: Cast, field: str, value: object) -> None:
    answer = cast.ada.patch("/me", {field: value})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]


@pytest.fixture
def caro(app: Flask, sessions: SessionFactory, clock: FakeClock) -> Client:
    user = make_user(sessions, "caro", password_hash=HASH)
    return sign_in(app, sessions, clock, user)


def test_a_new_password_signs_out_everywhere_else(
    app: Flask, caro: Client, client: Client, cast: Cast
) -> None:
    client.post("/auth/login", {"login": "caro", "password": OLD})
    assert client.get("/me").status_code == 200
    body = {"current_password": OLD, "new_password": "a louder lantern"}
    assert caro.put("/me/password", body).status_code == 204
    assert caro.get("/me").status_code == 200
    assert client.get("/me").status_code == 401
    assert cast.ada.get("/me").status_code == 200
    assert client.post("/auth/login", {"login": "caro", "password": OLD}).status_code == 401
    body = {"login": "caro", "password": "a louder lantern"}
    assert client.post("/auth/login", body).status_code == 200


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("wrong", "a louder lantern", "current_password"),
        (OLD, "short", "new_password"),
        (OLD, "password1234", "new_password"),
        (OLD, "caro@example.org", "new_password"),
    ],
)
def test_a_bad_change_of_password_is_refused(
    caro: Client, current: str, new: str, field: str
) -> None:
    answer = caro.put("/me/password", {"current_password": current, "new_password": new})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]


def test_a_token_without_every_power_cannot_change_the_account(
    app: Flask, cast: Cast, sessions: SessionFactory
) -> None:
    assert cast.ada.user_id is not None
    program = with_token(app, sessions, cast.ada.user_id, Scope.READ, Scope.SUBMIT)
    assert program.get("/me").status_code == 200
    answer = program.patch("/me", {"locale": "ko"})
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["error"]["code"] == "scope_missing"
