"""The road through the containers: HTTPS, an account, a mail, a submission, its verdict."""

from __future__ import annotations

import secrets

import pytest
import requests

from .client import Client
from .programs import CORRECT, OTHERS
from .stack import Stack, wait_for

pytestmark = [pytest.mark.containers, pytest.mark.timeout(2400)]


def test_the_page_is_served_over_https_with_the_certificate_of_the_stack(running: Stack) -> None:
    page = _fetch(running, "/")
    assert page.status_code == 200
    assert "<html" in page.text


def test_plain_http_is_sent_on_to_https(running: Stack) -> None:
    port = running.configuration()["services"]["gateway"]["ports"][0]["published"]
    answer = requests.get(f"http://localhost:{port}/problems", allow_redirects=False, timeout=10)
    assert answer.is_permanent_redirect
    assert answer.headers["Location"] == f"{running.base_url}/problems"


def test_a_new_account_gets_its_mail(running: Stack) -> None:
    name = f"ada{secrets.token_hex(4)}"
    visitor = Client(running.base_url, running.authority)
    visitor.post(
        "/auth/register",
        {"username": name, "email": f"{name}@example.org", "password": secrets.token_urlsafe(16)},
    )
    sink = f"http://127.0.0.1:{running.mail_port}/messages.json"

    def has_arrived() -> bool:
        items = requests.get(sink, params={"to": f"{name}@example.org"}, timeout=5).json()["items"]
        return any(running.base_url in link for item in items for link in item["links"])

    wait_for("the verification mail with a link to this site", has_arrived, 30)


def test_all_languages_of_the_image_are_offered(client: Client) -> None:
    items = client.get("/languages")["items"]
    assert CORRECT.keys() <= {item["id"] for item in items if item["available"]}


@pytest.mark.parametrize("language", CORRECT)
def test_a_correct_program_is_accepted(client: Client, language: str) -> None:
    seen = client.finished(client.submit("a-plus-b", language, CORRECT[language]))
    assert seen["verdict"] == "AC", seen
    assert all(run["cpu_time_ms"] is not None and run["memory_kib"] for run in seen["runs"])


@pytest.mark.parametrize("verdict", OTHERS)
def test_a_faulty_program_gets_its_verdict(client: Client, verdict: str) -> None:
    language, source = OTHERS[verdict]
    seen = client.finished(client.submit("a-plus-b", language, source))
    assert seen["verdict"] == verdict, seen


def _fetch(stack: Stack, path: str) -> requests.Response:
    return requests.get(stack.base_url + path, verify=str(stack.authority), timeout=10)
