from __future__ import annotations

import time
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from api.accounts.hashing import Argon2Hasher
from api.clock import FakeClock
from api.resources import Resources
from api.testing import Cast, Client, make_user, sign_in, visitor
from api.web.authentication import CSRF_COOKIE, SESSION_COOKIE
from database.engine import SessionFactory, transaction
from database.models import Session, User

pytestmark = pytest.mark.database

PASSWORD = "a quiet lantern"
HASH = Argon2Hasher().hash(PASSWORD)


@pytest.fixture
def caro(sessions: SessionFactory) -> User:
    return make_user(sessions, "caro", password_hash=HASH)


def log_in(client: Client, login: str = "caro", **changes: object) -> TestResponse:
    return client.post("/auth/login", {"login": login, "password": PASSWORD, **changes})


def code(answer: TestResponse) -> str:
    assert answer.json is not None
    found: str = answer.json["error"]["code"]
    return found


def me(client: Client) -> dict[str, Any]:
    answer = client.get("/me")
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    found: dict[str, Any] = answer.json
    return found


@pytest.mark.parametrize(
    "login", ["caro", "CARO", " caro ", "caro@example.org", "Caro@Example.org"]
)
def test_people_sign_in_by_name_or_address(client: Client, caro: User, login: str) -> None:
    answer = log_in(client, login)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["user"]["username"] == "caro"
    assert me(client)["id"] == str(caro.id)


def test_the_cookies_are_as_safe_as_cookies_can_be(client: Client, caro: User) -> None:
    cookies = log_in(client).headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith(SESSION_COOKIE))
    csrf = next(cookie for cookie in cookies if cookie.startswith(CSRF_COOKIE))
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in session
    assert "Domain" not in session
    assert "HttpOnly" not in csrf
    assert "Secure" in csrf


def test_the_session_is_stored_as_a_hash_only(
    client: Client, caro: User, sessions: SessionFactory
) -> None:
    log_in(client)
    cookie = client.http.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    assert len(cookie.value) >= 43
    with sessions() as db:
        stored = db.scalars(select(Session)).one()
    assert cookie.value not in (stored.token_hash, str(stored.id))


def test_unknown_people_and_wrong_passwords_get_the_same_answer(client: Client, caro: User) -> None:
    unknown = log_in(client, "nobody")
    wrong = log_in(client, password="wrong")
    assert (unknown.status_code, wrong.status_code) == (401, 401)
    assert unknown.json == wrong.json
    assert code(unknown) == "invalid_credentials"


def test_unknown_people_and_wrong_passwords_take_as_long(client: Client, caro: User) -> None:
    def seconds(login: str) -> float:
        started = time.perf_counter()
        log_in(client, login, password="wrong")
        return time.perf_counter() - started

    seconds("warm-up")
    known = min(seconds("caro") for _ in range(5))
    unknown = min(seconds(f"nobody{number}") for number in range(5))
    assert 0.5 < unknown / known < 2


def test_disabled_people_cannot_sign_in_nor_stay(
    app: Flask, client: Client, caro: User, sessions: SessionFactory, clock: FakeClock
) -> None:
    inside = sign_in(app, sessions, clock, caro)
    with transaction(sessions) as db:
        db.execute(update(User).where(User.id == caro.id).values(disabled_at=clock.now()))
    assert code(log_in(client)) == "invalid_credentials"
    assert code(inside.get("/me")) == "session_expired"


def test_failures_lead_to_a_pause_with_retry_after(client: Client, caro: User) -> None:
    for _ in range(10):
        assert log_in(client, password="wrong").status_code == 401
    answer = log_in(client)
    assert answer.status_code == 429
    assert code(answer) == "rate_limited"
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_somebody_elses_failures_do_not_lock_a_person_out(
    app: Flask, client: Client, caro: User
) -> None:
    for _ in range(10):
        log_in(client, password="wrong")
    elsewhere = visitor(app, **{"X-Forwarded-For": "203.0.113.9"})
    assert log_in(elsewhere).status_code == 200


def test_signing_in_often_is_no_failure(client: Client, caro: User) -> None:
    assert {log_in(client).status_code for _ in range(12)} == {200}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"login": "caro"}, "password"),
        ({"login": "", "password": "x"}, "login"),
        ({"login": "caro", "password": "x", "remember": True}, "remember"),
        ({"login": ["caro"], "password": "x"}, "login"),
        ({"login": "ca\0ro", "password": "x"}, "login"),
        ([], "body"),
    ],
)
def test_bad_credentials_bodies_are_named(client: Client, body: object, field: str) -> None:
    answer = client.post("/auth/login", body)
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]


def test_a_second_factor_is_asked_for_checked_and_used_up(
    client: Client, sessions: SessionFactory, clock: FakeClock
) -> None:
    secret = pyotp.random_base32()
    make_user(sessions, "dana", password_hash=HASH, totp_secret=secret)
    right = pyotp.TOTP(secret).at(clock.now())
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    assert code(log_in(client, "dana")) == "totp_required"
    assert code(log_in(client, "dana", totp=wrong)) == "totp_invalid"
    assert code(log_in(client, "dana", password="wrong", totp=right)) == "invalid_credentials"
    assert log_in(client, "dana", totp=right).status_code == 200
    assert code(log_in(client, "dana", totp=right)) == "totp_invalid"


def test_signing_out_ends_the_session_and_clears_the_cookies(cast: Cast) -> None:
    answer = cast.ada.post("/auth/logout")
    assert answer.status_code == 204
    assert all("Max-Age=0" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert me(cast.bela)["username"] == "bela"
    assert code(cast.ada.get("/me")) == "not_authenticated"


def test_a_session_ends_fourteen_days_after_its_last_use(cast: Cast, clock: FakeClock) -> None:
    clock.advance(days=13)
    me(cast.ada)
    clock.advance(days=13)
    me(cast.ada)
    clock.advance(days=15)
    answer = cast.ada.get("/me")
    assert (answer.status_code, code(answer)) == (401, "session_expired")


def test_people_see_and_end_their_own_sessions_only(
    app: Flask, cast: Cast, sessions: SessionFactory, clock: FakeClock, noise: None
) -> None:
    with sessions() as db:
        ada = db.scalars(select(User).where(User.username == "ada")).one()
        belas = db.scalars(select(Session).where(Session.user_id == cast.bela.user_id)).one()
    other = sign_in(app, sessions, clock, ada)
    listed = cast.ada.get("/me/sessions").json
    assert listed is not None
    assert listed["total"] == 2
    assert sum(item["current"] for item in listed["items"]) == 1
    assert "token" not in str(listed)
    assert cast.ada.delete(f"/me/sessions/{belas.id}").status_code == 404
    elsewhere = next(item["id"] for item in listed["items"] if not item["current"])
    assert cast.ada.delete(f"/me/sessions/{elsewhere}").status_code == 204
    assert code(other.get("/me")) == "session_expired"
    assert me(cast.ada)["username"] == "ada"
    assert me(cast.bela)["username"] == "bela"


def test_a_write_without_the_csrf_token_is_refused(cast: Cast) -> None:
    cast.ada.csrf_token = ""
    answer = cast.ada.patch("/me", {"locale": "ko"})
    assert (answer.status_code, code(answer)) == (403, "csrf_failed")
    cast.ada.csrf_token = "wrong"
    assert code(cast.ada.patch("/me", {"locale": "ko"})) == "csrf_failed"
    cast.ada.csrf_token = cast.bela.csrf_token
    assert code(cast.ada.patch("/me", {"locale": "ko"})) == "csrf_failed"
    assert me(cast.ada)["locale"] == "en"


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_write_from_another_site_is_refused(
    client: Client, caro: User, headers: dict[str, str]
) -> None:
    body = {"login": "caro", "password": PASSWORD}
    assert code(client.post("/auth/login", body, headers=headers)) == "csrf_failed"


def test_a_write_from_our_own_page_is_taken(client: Client, caro: User) -> None:
    body = {"login": "caro", "password": PASSWORD}
    headers = {"Origin": "https://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/auth/login", body, headers=headers).status_code == 200


def test_a_hash_of_old_parameters_is_still_a_password(resources: Resources) -> None:
    assert resources.hasher.verify(HASH, PASSWORD)
    assert not resources.hasher.verify("not a hash", PASSWORD)
    assert not resources.hasher.verify(None, PASSWORD)
