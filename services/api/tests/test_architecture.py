"""Who may import what inside the api: routes → schemas → service → policy | store."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import api

SOURCE = Path(api.__file__).parent
FEATURES = sorted(
    path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists() and path.name != "web"
)
KNOW_HTTP = {"routes.py", "schemas.py"}
WIRING = {"app.py", "testing.py"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules(feature: str) -> list[Path]:
    return sorted((SOURCE / feature).rglob("*.py"))


@pytest.mark.parametrize("feature", FEATURES)
def test_only_routes_and_schemas_know_http(feature: str) -> None:
    for path in modules(feature):
        if path.name in KNOW_HTTP or path.relative_to(SOURCE).as_posix() == "live/app.py":
            continue
        known = {
            name
            for name in imports(path)
            if name.split(".")[0] in {"flask", "flask_smorest", "marshmallow", "webargs"}
            or name.startswith("api.web")
        }
        assert known == set(), path


@pytest.mark.parametrize("feature", FEATURES)
def test_policies_are_pure(feature: str) -> None:
    for path in modules(feature):
        if path.name == "policy.py":
            roots = {name.split(".")[0] for name in imports(path)}
            assert not roots & {"sqlalchemy", "database", "redis", "os", "socket"}, path
            assert not any(name.endswith((".store", ".service")) for name in imports(path)), path


@pytest.mark.parametrize("feature", FEATURES)
def test_stores_and_policies_do_not_know_their_users(feature: str) -> None:
    for path in modules(feature):
        if path.name == "store.py":
            found = {name for name in imports(path) if name.endswith((".service", ".routes"))}
            assert found == set(), path
        if path.name == "service.py":
            assert not any(name.endswith(".routes") for name in imports(path)), path


def test_features_form_no_cycle() -> None:
    graph: dict[str, set[str]] = {}
    for feature in FEATURES:
        used = {
            name.split(".")[1]
            for path in modules(feature)
            for name in imports(path)
            if name.startswith("api.") and path.name not in WIRING
        }
        graph[feature] = (used & set(FEATURES)) - {feature}
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == set(FEATURES)


def test_sql_is_in_stores_only() -> None:
    allowed = {"store.py", "queries.py"}
    for path in SOURCE.rglob("*.py"):
        if path.name in allowed or path.name.endswith("_store.py") or path.name in WIRING:
            continue
        found = {
            name
            for name in imports(path)
            if name in {"sqlalchemy.select", "sqlalchemy.text", "sqlalchemy.update"}
        }
        assert found == set(), path
