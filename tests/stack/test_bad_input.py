"""Bad input gets a precise refusal through HTTPS, in the reader's language, and leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from scripts.test.running_stack import Client, RunningStack

pytestmark = pytest.mark.stack

GOOD: dict[str, Any] = {"problem": "a-plus-b", "language": "python3", "source": "print(1)\n"}
SOURCE_LIMIT = 256 * 1024
BODY_LIMIT = 1 << 20


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


CASES: dict[str, tuple[dict[str, Any], int, str]] = {
    "an unknown field": ({**GOOD, "colour": "red"}, 422, "validation_failed"),
    "a wrong type": ({**GOOD, "source": 7}, 422, "validation_failed"),
    "no source": (_without("source"), 422, "source_missing"),
    "no problem": (_without("problem"), 422, "validation_failed"),
    "too long a source": ({**GOOD, "source": "x" * (SOURCE_LIMIT + 1)}, 422, "source_too_long"),
    "an empty program": ({**GOOD, "source": ""}, 422, "source_empty"),
    "blanks for a program": ({**GOOD, "source": " \n\t\n"}, 422, "source_empty"),
    "a NUL in the source": ({**GOOD, "source": "print(1)\0"}, 422, "source_has_nul"),
    "no such problem": ({**GOOD, "problem": "no-such-problem"}, 422, "problem_not_found"),
    "an unknown language": ({**GOOD, "language": "brainfuck"}, 422, "language_unknown"),
}


def _codes(answer: requests.Response) -> set[str]:
    """Return the error's code and those that fields carry."""
    error = answer.json()["error"]
    return {error["code"], *error.get("fields", {})}


@pytest.mark.parametrize("name", CASES)
def test_a_submission_is_refused_precisely_for(name: str, stack: RunningStack) -> None:
    body, status, code = CASES[name]
    before = stack.query("SELECT count(*) FROM submissions")
    answer = stack.client("student").post("/submissions", json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["code"] == code, answer.text
    assert answer.json()["error"]["message"]
    assert answer.headers["X-Request-ID"]
    assert stack.query("SELECT count(*) FROM submissions") == before


def test_a_refusal_speaks_the_readers_language(stack: RunningStack) -> None:
    visitor = Client(stack.base_url, stack.ca_file)
    said = {
        locale: visitor.get("/problems/nowhere", headers={"Accept-Language": locale}).json()
        for locale in ("ko", "en")
    }
    assert said["ko"]["error"]["code"] == said["en"]["error"]["code"]
    assert said["en"]["error"]["message"].isascii()
    assert any("가" <= letter <= "힣" for letter in said["ko"]["error"]["message"])


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_a_body_over_the_limit_is_refused_in_the_same_shape(
    stack: RunningStack, locale: str
) -> None:
    answer = stack.client("student").post(
        "/submissions",
        data=b'{"source": "' + b"x" * (BODY_LIMIT + 1024) + b'"}',
        headers={"Content-Type": "application/json", "Accept-Language": locale},
    )
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "body_too_large"


def test_something_that_is_no_json_is_refused(stack: RunningStack) -> None:
    answer = stack.client("student").post(
        "/submissions", data=b"{", headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in {400, 422}
    assert answer.json()["error"]["code"]


def test_a_visitor_cannot_submit(stack: RunningStack) -> None:
    answer = stack.client().post("/submissions", json=GOOD)
    assert (answer.status_code, _codes(answer)) == (401, {"not_authenticated"})


def _browser(stack: RunningStack) -> tuple[requests.Session, str]:
    """Sign in as a browser does and return the session with the site's address."""
    browser = requests.Session()
    browser.trust_env = False  # a REQUESTS_CA_BUNDLE of the machine would win over the next line
    browser.verify = stack.ca_file
    browser.headers["Origin"] = stack.base_url
    student = stack.account("student")
    answer = browser.post(
        f"{stack.base_url}/api/v1/auth/login",
        json={"login": student["login"], "password": student["password"]},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    return browser, f"{stack.base_url}/api/v1"


def _post(browser: requests.Session, address: str, token: str) -> requests.Response:
    return browser.post(
        f"{address}/submissions", json=GOOD, headers={"X-CSRF-Token": token}, timeout=30
    )


SPOILED: dict[str, Callable[[requests.Session], str]] = {
    "a wrong token": lambda browser: "x" * len(browser.cookies["csrf_token"]),
    "an empty token": lambda _: "",
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_browsers_write_is_refused_with(name: str, stack: RunningStack) -> None:
    browser, address = _browser(stack)
    answer = _post(browser, address, SPOILED[name](browser))
    assert (answer.status_code, _codes(answer)) == (403, {"csrf_failed"})


def test_an_expired_session_is_told_so(stack: RunningStack) -> None:
    browser, address = _browser(stack)
    token = browser.cookies["csrf_token"]
    assert (
        browser.post(
            f"{address}/auth/logout", headers={"X-CSRF-Token": token}, timeout=30
        ).status_code
        == 204
    )
    browser.cookies.set("csrf_token", token, domain="localhost.local", path="/")
    session = "__Host-codeplace_session=" + "x" * 43
    answer = requests.get(
        f"{address}/me",
        headers={"Cookie": f"{session}; csrf_token={token}"},
        verify=stack.ca_file,
        timeout=30,
    )
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] in {"session_expired", "not_authenticated"}
