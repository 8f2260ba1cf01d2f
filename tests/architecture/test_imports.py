"""Who may import what: import-linter's contracts, and the layers inside the api's features."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
API = ROOT / "services/api/api"
HTTP_ONLY = ("flask", "marshmallow", "flask_smorest", "api.web")
FEATURE_FILES = ("routes.py", "schemas.py", "service.py", "policy.py", "store.py")
MAY_NOT = {
    # Deciding who may is pure: it sees values, never a database or a request.
    "policy.py": (*HTTP_ONLY, "sqlalchemy", "database", ".service", ".store", ".routes"),
    "store.py": (*HTTP_ONLY, ".service", ".routes", ".schemas"),
    "service.py": (*HTTP_ONLY, ".routes", ".schemas"),
}


def imported_by(path: Path) -> set[str]:
    """Return the full names of all modules a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def features() -> list[Path]:
    return sorted({path.parent for name in FEATURE_FILES for path in API.glob(f"*/{name}")})


def test_every_contract_of_import_linter_is_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", MAY_NOT)
def test_the_layers_of_a_feature_look_downwards_only(name: str) -> None:
    wrong = []
    for path in sorted(API.glob(f"*/{name}")):
        own = f"api.{path.parent.name}"
        for imported in imported_by(path):
            for forbidden in MAY_NOT[name]:
                full = own + forbidden if forbidden.startswith(".") else forbidden
                if imported == full or imported.startswith(f"{full}."):
                    wrong.append(f"{path.relative_to(ROOT)} imports {imported}")
    assert wrong == []


def test_features_form_no_cycle() -> None:
    names = {folder.name for folder in features()}
    uses = {
        folder.name: {
            imported.split(".")[1]
            for path in folder.glob("*.py")
            for imported in imported_by(path)
            if imported.startswith("api.") and imported.split(".")[1] in names - {folder.name}
        }
        for folder in features()
    }
    assert _cycle(uses) == []


def _cycle(uses: dict[str, set[str]]) -> list[str]:
    """Return the features of some cycle, by taking away those that use nothing that is left."""
    left = {name: set(used) for name, used in uses.items()}
    while True:
        done = {name for name, used in left.items() if not used & left.keys()}
        if not done:
            return sorted(left)
        left = {name: used for name, used in left.items() if name not in done}
