from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from api.app import create_app
from api.errors import ApiError
from api.resources import Resources
from api.testing import Cast, Client, visitor

pytestmark = pytest.mark.database


def error(answer: TestResponse) -> tuple[int, str]:
    assert answer.content_type == "application/json"
    assert answer.json is not None
    assert set(answer.json) == {"error"}
    assert answer.json["error"]["message"]
    assert answer.headers["X-Request-ID"]
    return answer.status_code, answer.json["error"]["code"]


def instead(app: Flask, view: Callable[[], Any]) -> None:
    """Let `GET /statistics` be answered by another view."""
    app.view_functions["statistics.get_statistics"] = view


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nonsense",
        b"\xff\xfe",
        b'{"login": NaN}',
        b"[" * 100_000,
        b'{"login": ' + b"1" * 5000 + b"}",
    ],
)
def test_a_body_that_is_not_json_is_told_so(client: Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.ask("POST", "/auth/login", data=body, headers=headers)
    assert error(answer) == (400, "malformed_json")


def test_a_body_of_another_kind_is_told_so(client: Client) -> None:
    answer = client.ask("POST", "/auth/login", data={"login": "x", "password": "y"})
    assert error(answer) == (415, "unsupported_media_type")


def test_a_missing_body_names_what_is_missing(client: Client) -> None:
    answer = client.ask("POST", "/auth/login")
    assert error(answer) == (422, "validation_failed")
    assert answer.json is not None
    assert sorted(answer.json["error"]["fields"]) == ["login", "password"]


def test_a_body_over_the_limit_is_told_so(client: Client) -> None:
    answer = client.post("/auth/login", {"login": "x", "password": "y" * (1 << 20)})
    assert error(answer) == (413, "body_too_large")


def test_a_wrong_method_is_told_which_are_right(client: Client) -> None:
    answer = client.put("/auth/login", {})
    assert error(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "OPTIONS, POST"


@pytest.mark.parametrize("path", ["/no-such-thing", "/me/sessions/not-an-id", "/a%00b", "/%ff"])
def test_what_does_not_exist_is_not_found(cast: Cast, path: str) -> None:
    assert cast.ada.delete(path).status_code == 404
    assert error(cast.ada.delete(path)) == (404, "not_found")


def test_a_made_up_field_name_is_answered_whatever_it_is(client: Client) -> None:
    answer = client.post("/auth/login", {"login": "x", "password": "y", "\ud800" * 200: 1})
    assert error(answer) == (422, "validation_failed")


def test_a_fault_of_ours_tells_nothing_of_itself(app: Flask, client: Client) -> None:
    def broken() -> None:
        raise RuntimeError("secret detail")

    instead(app, broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/statistics")
    assert error(answer) == (500, "internal_error")
    assert "secret" not in answer.text


def test_a_database_that_is_away_is_a_passing_fault(app: Flask, client: Client) -> None:
    def away() -> None:
        raise OperationalError("select", {}, Exception("no route"))

    instead(app, away)
    answer = client.get("/statistics")
    assert error(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert "no route" not in answer.text


def test_details_are_answered_as_they_are(app: Flask, client: Client) -> None:
    def refuse() -> None:
        raise ApiError(details=[{"file": "problem.yaml", "line": 3, "message": "x"}])

    instead(app, refuse)
    answer = client.get("/statistics")
    assert answer.json is not None
    assert answer.json["error"]["details"] == [{"file": "problem.yaml", "line": 3, "message": "x"}]


@pytest.mark.parametrize(
    ("query", "header", "message"),
    [
        ("", "", "로그인이 필요합니다."),
        ("", "fr", "로그인이 필요합니다."),
        ("", "fr, en-GB;q=0.9, ko;q=0.1", "Please sign in."),
        ("?lang=ko", "en", "로그인이 필요합니다."),
        ("?lang=en", "ko", "Please sign in."),
        ("?lang=fr", "en", "Please sign in."),
    ],
)
def test_the_language_is_what_the_reader_asks_for(
    client: Client, query: str, header: str, message: str
) -> None:
    answer = client.get(f"/me{query}", headers={"Accept-Language": header})
    assert answer.json is not None
    assert answer.json["error"]["message"] == message


def test_a_request_id_of_a_proxy_is_kept_and_a_strange_one_is_not(client: Client) -> None:
    given = client.get("/statistics", headers={"X-Request-ID": "abc-123-def"})
    assert given.headers["X-Request-ID"] == "abc-123-def"
    strange = client.get("/statistics", headers={"X-Request-ID": "a b;c"})
    assert strange.headers["X-Request-ID"] != "a b;c"


def test_nothing_may_be_cached_unless_it_says_so(client: Client) -> None:
    assert client.get("/statistics").headers["Cache-Control"] == "no-store"
    assert "public" in client.get("/openapi.json").headers["Cache-Control"]


def test_only_as_many_proxies_as_are_ours_are_believed(resources: Resources) -> None:
    app = create_app(resources=resources)
    seen: list[str | None] = []

    def see() -> dict[str, str]:
        seen.append(request.remote_addr)
        return {}

    instead(app, see)
    visitor(app, **{"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}).get("/statistics")
    assert seen == ["203.0.113.9"]
