"""The checks of `make lint`: what is run for each, and how its end is told."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.lint.hygiene import complaints
from scripts.local_run import build, environment, needs
from scripts.local_run.places import Place
from scripts.local_run.say import say

PACKAGES = ("api", "contracts", "database", "grader", "judge", "notifier", "scheduler")


@dataclass(frozen=True)
class Outcome:
    """How many checks passed and failed."""

    passed: int
    failed: int


@dataclass(frozen=True)
class Check:
    """A program that ends with 0 when it has nothing to complain of."""

    name: str
    argv: list[str]
    folder: Path


def run_all(place: Place) -> Outcome:
    """Prepare the environment and run every check, showing the words of those that fail."""
    needs.install_missing(place)
    environment.prepare(place)
    build.frontend_packages(place)
    results = [_run(place, check) for check in _checks(place)]
    results.append(_hygiene(place))
    return Outcome(passed=results.count(True), failed=results.count(False))


def _checks(place: Place) -> list[Check]:
    binaries, root = place.venv / "bin", place.root
    sources = [f"services/{package}/{package}" for package in PACKAGES]
    checks = [
        Check("ruff check", [f"{binaries}/ruff", "check", "."], root),
        Check("ruff format", [f"{binaries}/ruff", "format", "--check", "."], root),
        Check("mypy", [f"{binaries}/mypy", "--strict", *sources, "scripts"], root),
        Check("import-linter", [f"{binaries}/lint-imports"], root),
        Check("eslint", [f"{binaries}/npm", "run", "--silent", "lint"], place.frontend),
        Check("vue-tsc", [f"{binaries}/npm", "run", "--silent", "types"], place.frontend),
    ]
    shell = _shell_files(root)
    if shell:
        checks.append(Check("shellcheck", [f"{binaries}/shellcheck", *shell], root))
    return checks


def _run(place: Place, check: Check) -> bool:
    begin = time.monotonic()
    path = f"{place.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    done = subprocess.run(
        check.argv,
        cwd=check.folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    _tell(check.name, time.monotonic() - begin, "" if good else done.stdout + done.stderr)
    return good


def _hygiene(place: Place) -> bool:
    begin = time.monotonic()
    found = complaints(place.root)
    _tell("hygiene", time.monotonic() - begin, "\n".join(found))
    return not found


def _tell(name: str, seconds: float, words: str) -> None:
    say(f"{'✗' if words else '✓'} {name:<14} {seconds:5.1f} s")
    if words:
        say("".join(f"    {line}\n" for line in words.splitlines()))


def _shell_files(root: Path) -> list[str]:
    """Return the tracked files that a shell reads: by their ending or their first line."""
    found = []
    for name in tracked_files(root):
        path = root / name
        if not path.is_file() or path.suffix not in {"", ".sh", ".bash"}:
            continue
        with path.open("rb") as file:
            first = file.readline(80)
        if path.suffix or (first.startswith(b"#!") and first.rstrip().endswith((b"sh", b"bash"))):
            found.append(name)
    return found


def tracked_files(root: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name]
