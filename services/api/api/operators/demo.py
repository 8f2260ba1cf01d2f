"""The accounts of a local stack, and the file that tells scripts how to sign in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session as Db

from api.accounts import authentication_store, store
from api.accounts.secrets import fingerprint
from api.accounts.service import NewAccount, create
from api.actor import Role, Scope
from api.resources import Resources
from api.tokens.service import NewToken, issue
from database.engine import transaction
from database.models import User

TOKEN_NAME: Final = "accounts.json"  # noqa: S105 - what the token is called


@dataclass(frozen=True)
class Member:
    """Somebody of the demo cast."""

    username: str
    display_name: str
    locale: str
    roles: tuple[Role, ...] = ()


CAST: Final = (
    Member("admin", "관리자", "ko", (Role.ADMIN, Role.SETTER)),
    Member("setter", "출제자", "ko", (Role.SETTER,)),
    Member("student", "학생", "ko"),
    Member("ada", "Ada", "en"),
    Member("bela", "Bela", "en"),
)


@dataclass(frozen=True)
class Key:
    """How to sign in as somebody."""

    login: str
    password: str
    token: str


def write(resources: Resources, path: Path, base_url: str, ca_file: str) -> dict[str, Key]:
    """Make the missing accounts and write how to sign in as each; safe to run again.

    What the file says already and still works stays, so that a second start changes no password.
    """
    known = _read(path)
    keys = {member.username: _key(resources, member, known) for member in CAST}
    content = {
        "base_url": base_url,
        "ca_file": ca_file,
        "accounts": {name: asdict(key) for name, key in keys.items()},
    }
    _write_privately(path, json.dumps(content, indent=2) + "\n")
    return keys


def _key(resources: Resources, member: Member, known: Mapping[str, Any]) -> Key:
    before = known.get(member.username, {})
    password = before.get("password") or secrets.token_urlsafe(12)
    now = resources.clock.now()
    with transaction(resources.sessions) as db:
        user = store.find_by_login(db, member.username)
        if user is None:
            user = _make(db, member, resources.hasher.hash(password), now)
        elif not resources.hasher.verify(user.password_hash, password):
            store.set_password(db, user.id, resources.hasher.hash(password))
        token = before.get("token") or ""
        if not _works(db, token, user, now):
            token = _new_token(db, user, now)
    return Key(member.username, password, token)


def _make(db: Db, member: Member, password_hash: str, now: datetime) -> User:
    email = f"{member.username}@codeplace.example"
    new = NewAccount(member.username, email, "", member.display_name, member.locale)
    user = create(db, new, password_hash, member.roles)
    store.mark_verified(db, user.id, email, now)
    return user


def _works(db: Db, token: str, user: User, now: datetime) -> bool:
    if not token:
        return False
    found = authentication_store.find_token(db, fingerprint(token), now)
    return found is not None and found.person.id == user.id


def _new_token(db: Db, user: User, now: datetime) -> str:
    _, token = issue(db, user.id, NewToken(TOKEN_NAME, [scope.value for scope in Scope]), now)
    return token


def _read(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["accounts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_privately(path: Path, content: str) -> None:
    """Replace the file as a whole, never readable by others, not even for a moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(content, encoding="utf-8")
    fresh.replace(path)
