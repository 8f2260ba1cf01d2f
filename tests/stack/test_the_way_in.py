"""The gateway, Nginx and the health addresses, as somebody from outside meets them."""

from __future__ import annotations

import socket
import ssl

import pytest
import requests

from scripts.test.running_stack import RunningStack

pytestmark = pytest.mark.stack


def test_plain_http_leads_to_https(stack: RunningStack) -> None:
    answer = requests.get(
        f"http://localhost:{stack.place.ports.http}/problems?q=1", allow_redirects=False, timeout=10
    )
    assert answer.status_code in {301, 308}
    assert answer.headers["Location"] == f"{stack.base_url}/problems?q=1"


def test_tls_is_signed_by_the_named_authority_and_nothing_old_is_spoken(
    stack: RunningStack,
) -> None:
    context = ssl.create_default_context(cafile=stack.ca_file)
    for host in ("localhost", "127.0.0.1"):
        with (
            socket.create_connection(("127.0.0.1", stack.place.ports.https), timeout=10) as plain,
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            assert secure.version() in {"TLSv1.2", "TLSv1.3"}


def test_pages_of_the_application_are_served_for_every_address(stack: RunningStack) -> None:
    for path in ("/", "/problems", "/problems/a-plus-b", "/nowhere/at/all"):
        answer = requests.get(stack.base_url + path, verify=stack.ca_file, timeout=10)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_address_of_the_api_answers_in_the_api_shape(stack: RunningStack) -> None:
    answer = stack.client().get("/no-such-thing")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("kind", ["live", "ready"])
def test_health_is_told_through_the_gateway(stack: RunningStack, kind: str) -> None:
    assert stack.client().get(f"/health/{kind}").status_code == 200


def test_metrics_are_not_told_outside(stack: RunningStack) -> None:
    assert stack.client().get("/metrics").status_code == 404
    page = requests.get(f"{stack.base_url}/metrics", verify=stack.ca_file, timeout=10)
    assert "codeplace_" not in page.text


def test_the_openapi_document_is_published(stack: RunningStack) -> None:
    document = stack.client().get("/openapi.json").json()
    assert any(path.endswith("/submissions") for path in document["paths"])
