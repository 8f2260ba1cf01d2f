"""The OpenAPI document is whole, and no input that it describes can break an operation."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api.testing import Cast, Client
from database.base import new_id

pytestmark = pytest.mark.database

NASTY: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**400,
    1.5,
    "",
    "x",
    "\0",
    "\ud800",
    "x" * 2000,
    "💥" * 50,
    "' OR 1=1 --",
    "%s%n{0}{x}",
    [],
    [None],
    [[[]]],
    {},
    {"\0": {"$ref": "x"}},
    str(new_id()),
    "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+14:00",
)


def document(client: Client) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json  # type: ignore[assignment]  # it is an object
    return found


def operations(client: Client) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path.removeprefix("/api/v1"), operation)
        for path, methods in document(client)["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]


def resolve(client: Client, schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: dict[str, Any] = document(client)["components"]["schemas"][reference.split("/")[-1]]
    return found


def fill(path: str, value: object) -> str:
    return re.sub(r"\{[^}]+\}", str(value), path)


def test_every_operation_says_its_id_its_policy_and_its_errors(client: Client) -> None:
    found = operations(client)
    assert len(found) > 25
    identities = [operation["operationId"] for _, _, operation in found]
    assert len(set(identities)) == len(identities)
    for method, path, operation in found:
        assert operation["summary"], path
        assert operation["x-policy"], path
        assert "default" in operation["responses"], path
        if operation["x-policy"] != "public":
            assert operation["security"], (method, path)


def test_errors_are_described_in_the_shape_they_have(client: Client) -> None:
    schemas = document(client)["components"]["schemas"]
    assert set(schemas["Error"]["properties"]) == {"error"}
    assert set(schemas["ErrorBody"]["properties"]) == {"code", "message", "fields", "details"}


def bodies(client: Client, operation: dict[str, Any]) -> list[Any]:
    """Return for each field of the body each nasty value, and nasty bodies as a whole."""
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return []
    schema = resolve(client, content["application/json"]["schema"])
    names = list(schema.get("properties", {}))
    each = [{name: value} for name in names for value in NASTY]
    together = [dict.fromkeys(names, value) for value in NASTY]
    return [*NASTY[1:], *each, *together]


def check(client: Client, method: str, path: str, **options: Any) -> None:  # noqa: ANN401
    answer = client.ask(method, path, **options)
    assert answer.status_code < 500, (method, path, options, answer.text)
    if answer.status_code >= 400:
        assert answer.json is not None
        assert answer.json["error"]["code"], (method, path, options)


def test_no_body_breaks_an_operation(cast: Cast) -> None:
    for method, path, operation in operations(cast.visitor):
        if path == "/auth/logout":
            continue
        for body in bodies(cast.visitor, operation):
            check(cast.admin, method, fill(path, new_id()), body=body)


def test_no_query_breaks_an_operation(cast: Cast) -> None:
    values = ("", "x", "-1", "0", "9" * 400, "%00", "%ff", "'", "%F0%9F%92%A5", "W10", "true")
    for method, path, operation in operations(cast.visitor):
        queries = [
            parameter["name"]
            for parameter in operation.get("parameters", [])
            if parameter["in"] == "query"
        ]
        for name in queries if method == "GET" else []:
            for value in values:
                check(cast.admin, method, f"{fill(path, new_id())}?{name}={value}")


def test_no_path_breaks_an_operation(cast: Cast) -> None:
    for method, path, _ in operations(cast.visitor):
        for value in ("x", "-1", "%00", "%ff", "..", "%2e%2e%2f", "9" * 400, "💥"):
            if "{" in path:
                check(cast.admin, method, fill(path, value), body=None if method == "GET" else {})
