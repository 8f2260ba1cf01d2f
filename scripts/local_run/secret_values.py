"""The secrets of a stack: made once, kept in a file that only its owner reads."""

from __future__ import annotations

import os
import secrets

from scripts.local_run.places import Place

NAMES = (
    "POSTGRES_PASSWORD",
    "CODEPLACE_API_DB_PASSWORD",
    "CODEPLACE_GRADER_DB_PASSWORD",
    "CODEPLACE_NOTIFIER_DB_PASSWORD",
    "CODEPLACE_SCHEDULER_DB_PASSWORD",
    "REDIS_PASSWORD",
    "SECRET_KEY",
    "MAIL_LINK_KEY",
    "JUDGE_SECRET",
)
BYTES = 32


def load(place: Place) -> dict[str, str]:
    """Return the secrets, making those that the file does not hold yet."""
    known: dict[str, str] = {}
    if place.secrets.exists():
        lines = place.secrets.read_text().splitlines()
        known = dict(line.split("=", 1) for line in lines if "=" in line)
    missing = [name for name in NAMES if not known.get(name)]
    if missing:
        # Hexadecimal: nothing to quote in a URL, a configuration file or a shell.
        known.update({name: secrets.token_hex(BYTES) for name in missing})
        write_private(place, known)
    return known


def write_private(place: Place, known: dict[str, str]) -> None:
    descriptor = os.open(place.secrets, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        os.fchmod(file.fileno(), 0o600)
        file.writelines(f"{name}={value}\n" for name, value in known.items())
