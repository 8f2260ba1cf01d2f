"""What is built before a start, skipped when nothing changed: the sandbox's helper, the pages."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from scripts.local_run.places import Place
from scripts.local_run.say import run_quietly, step

NOT_INPUTS = {"__pycache__", "node_modules", "dist", ".cache", "coverage", "tests", "e2e", "docs"}


def sandbox(place: Place) -> None:
    """Build boxd; make itself knows whether there is anything to do."""
    run_quietly(
        ["make", "-C", place.root / "services/judge/boxd"],
        log=place.logs / "boxd.log",
        remedy="The C compiler's words are above; Debian's gcc and libc6-dev are known to work.",
    )


def frontend_packages(place: Place) -> None:
    """Install the front end's packages as its lock says, without running their scripts."""
    packages = place.frontend / "node_modules" / ".codeplace-lock"
    lock = hash_of([place.frontend / "package-lock.json"], place.frontend)
    if _read(packages) != lock:
        with step("Installing the front end's packages"):
            _node(place, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            packages.write_text(lock)


def frontend(place: Place) -> None:
    """Build the pages with the environment's own Node."""
    frontend_packages(place)
    # Not in dist, all of which is served.
    built = place.frontend / "node_modules" / ".codeplace-built"
    wanted = hash_of(inputs(place.frontend), place.frontend)
    if _read(built) != wanted or not (place.frontend / "dist" / "index.html").exists():
        with step("Building the pages (half a minute the first time)"):
            _node(place, "npm", "run", "build")
            built.write_text(wanted)


def _node(place: Place, *argv: str) -> None:
    binaries = place.venv / "bin"
    path = f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    run_quietly(
        [binaries / argv[0], *argv[1:]],
        cwd=place.frontend,
        environ={**os.environ, "PATH": path},
        log=place.logs / f"{'-'.join(argv[:2])}.log",
        remedy="The words of npm are above; a network or a package mirror is needed once.",
    )


def inputs(folder: Path) -> list[Path]:
    found: list[Path] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in NOT_INPUTS)
        found += [Path(parent, name) for name in files]
    return sorted(found)


def hash_of(files: list[Path], folder: Path) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.relative_to(folder)}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def forget(place: Place) -> None:
    """Remove what was built, so that the next start builds it anew."""
    shutil.rmtree(place.frontend / "dist", ignore_errors=True)
