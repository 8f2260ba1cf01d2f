"""Random secrets: made here, shown once, stored as their SHA-256 only.

A plain hash is enough: with 256 random bits there is nothing to guess, unlike with passwords.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

TOKEN_PREFIX: Final = "cp_"  # noqa: S105 - lets secret scanners recognise a token of ours


def new_secret() -> str:
    """Return 256 random bits as 43 characters that are safe in an address."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """Return a personal access token."""
    return TOKEN_PREFIX + new_secret()


def fingerprint(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
