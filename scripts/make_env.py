"""`make env`: write .env for docker compose from .env.example, with secrets of its own.

Every empty value of the example is a secret and is generated; COMPOSE_FILE is chosen for this
machine. An .env that is there keeps its values and gets what it lacks.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = re.compile(r"^(?P<name>[A-Z_]+)=(?P<value>.*)$")
COMPOSE_FILE = "# COMPOSE_FILE=docker-compose.yml"
SECRET_BYTES = 32


def compose_files(system: Path = Path("/sys")) -> list[str]:
    """Name the compose files that fit this machine's control groups and AppArmor."""
    files = ["docker-compose.yml"]
    if (system / "fs/cgroup/cgroup.controllers").exists():
        files.append("compose/judge-cgroup-v2.yml")
    elif (system / "fs/cgroup/memory").is_dir():
        files.append("compose/judge-cgroup-v1.yml")
    apparmor = system / "module/apparmor/parameters/enabled"
    if apparmor.exists() and apparmor.read_text().startswith("Y"):
        files.append("compose/judge-apparmor.yml")
    return files


def fill(example: str, files: list[str]) -> list[str]:
    """Return the example's lines with its secrets generated and the compose files named."""
    lines = []
    for line in example.splitlines():
        found = ASSIGNMENT.match(line)
        if found and not found["value"]:
            # Hexadecimal: nothing to quote in a URL or for compose.
            lines.append(f"{found['name']}={secrets.token_hex(SECRET_BYTES)}")
        elif line == COMPOSE_FILE:
            lines.append(f"COMPOSE_FILE={':'.join(files)}")
        else:
            lines.append(line)
    return lines


def missing_from(present: str, wanted: list[str]) -> list[str]:
    """Return the assignments among `wanted` whose names do not occur in `present`."""
    known = {found["name"] for line in present.splitlines() if (found := ASSIGNMENT.match(line))}
    return [
        line for line in wanted if (found := ASSIGNMENT.match(line)) and found["name"] not in known
    ]


def write_private(path: Path, text: str) -> None:
    """Write the file as a whole, readable by its owner only from its first moment on."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.rename(path)


def main(words: list[str] | None = None) -> int:
    """Write or complete the file and say what was done."""
    parser = argparse.ArgumentParser(prog="make env", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / ".env")
    target: Path = parser.parse_args(words).output
    files = compose_files()
    wanted = fill((ROOT / ".env.example").read_text(), files)
    if not target.exists():
        write_private(target, "\n".join(wanted) + "\n")
        print(f"{target}: written, with new secrets. Next: docker compose up --build")
        if any("apparmor" in file for file in files):
            print("First, once and as root: apparmor_parser -r compose/codeplace-judge.apparmor")
        return 0
    present = target.read_text()
    added = missing_from(present, wanted)
    if added:
        write_private(target, "\n".join([present.rstrip("\n"), *added, ""]))
        names = ", ".join(line.partition("=")[0] for line in added)
        print(f"{target}: kept; added {names}")
    else:
        target.chmod(0o600)
        print(f"{target}: nothing is missing, nothing was changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
