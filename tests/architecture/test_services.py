"""What every service's folder has: the README's headings and settings, targets, a lock."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("api", "frontend", "grader", "judge", "notifier", "scheduler")
SHARED = ("contracts", "database")
PYTHON = tuple(name for name in (*SERVICES, *SHARED) if name != "frontend")
HEADINGS = [
    "Owns",
    "Hears",
    "Says",
    "Settings",
    "Run alone",
    "Test alone",
    "Deploy",
    "When it is ill",
]
TARGETS = {"help", "test", "lint", "format"}
VARIABLE = re.compile(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"')


def folder(name: str) -> Path:
    return ROOT / "services" / name


@pytest.mark.parametrize("name", [*SERVICES, *SHARED])
def test_a_readme_has_the_headings_in_their_order(name: str) -> None:
    text = (folder(name) / "README.md").read_text()
    found = [line.removeprefix("## ").strip() for line in text.splitlines() if line[:3] == "## "]
    assert [heading for heading in found if heading in HEADINGS] == HEADINGS


@pytest.mark.parametrize("name", PYTHON)
def test_every_setting_stands_in_the_readme(name: str) -> None:
    settings = folder(name) / name / "settings.py"
    if not settings.exists():
        assert name == "contracts", "only contracts is without settings"
        return
    readme = (folder(name) / "README.md").read_text()
    variables = set(VARIABLE.findall(settings.read_text()))
    assert {variable for variable in variables if f"`{variable}`" not in readme} == set()


@pytest.mark.parametrize("name", [*SERVICES, *SHARED])
def test_a_makefile_has_the_same_targets(name: str) -> None:
    text = (folder(name) / "Makefile").read_text()
    assert set(re.findall(r"^([a-z-]+):", text, re.MULTILINE)) >= TARGETS


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_an_image(name: str) -> None:
    text = (folder(name) / "Dockerfile").read_text()
    if name == "judge":
        # boxd needs two capabilities to make boxes; the judge itself is started with none.
        assert "--drop-to 10005:10005" in (folder(name) / "entrypoint.sh").read_text()
        return
    users = re.findall(r"^USER (\S+)", text, re.MULTILINE)
    assert users, "an image says who runs in it"
    assert users[-1].split(":")[0] not in {"root", "0"}


@pytest.mark.parametrize("name", PYTHON)
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    text = (folder(name) / "requirements.txt").read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text


@pytest.mark.parametrize("name", PYTHON)
def test_a_lock_has_the_versions_of_the_whole_trees_lock(name: str) -> None:
    pinned = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
    whole = set(pinned.findall((ROOT / "requirements-dev.txt").read_text()))
    assert set(pinned.findall((folder(name) / "requirements.txt").read_text())) <= whole


@pytest.mark.parametrize("name", PYTHON)
def test_a_service_has_tests(name: str) -> None:
    assert list((folder(name) / "tests").rglob("test_*.py"))
