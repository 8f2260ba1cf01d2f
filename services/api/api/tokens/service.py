"""Making, listing and revoking one's tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session as Db

from api.accounts.secrets import fingerprint, new_token
from api.actor import Actor, Scope
from api.errors import NotFound, Unprocessable
from api.pagination import Page, PageRequest, cut
from api.resources import Resources
from api.tokens import store
from database.engine import transaction
from database.models import PersonalAccessToken

MAX_TOKENS = 50


@dataclass(frozen=True)
class NewToken:
    """What is asked for."""

    name: str
    scopes: list[str]
    expires_at: datetime | None = None


@dataclass(frozen=True)
class CreatedToken:
    """A new token. `token` is shown this once and stored as a hash."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    token: str


def create(resources: Resources, actor: Actor, new: NewToken) -> CreatedToken:
    """Make a token for the person who asks."""
    person = actor.signed_in()
    if new.expires_at is not None and new.expires_at <= resources.clock.now():
        raise Unprocessable.field("expires_at", "token_expiry_past")
    with transaction(resources.sessions) as db:
        if store.count_live(db, person.id) >= MAX_TOKENS:
            raise Unprocessable("too_many_tokens", most=MAX_TOKENS)
        row, secret = issue(db, person.id, new, resources.clock.now())
    return CreatedToken(
        id=row.id,
        name=row.name,
        scopes=row.scopes,
        created_at=row.created_at,
        expires_at=row.expires_at,
        token=secret,
    )


def issue(db: Db, user_id: UUID, new: NewToken, now: datetime) -> tuple[PersonalAccessToken, str]:
    """Add a token and return it with its secret."""
    secret = new_token()
    row = PersonalAccessToken(
        user_id=user_id,
        name=new.name,
        token_hash=fingerprint(secret),
        scopes=[scope.value for scope in Scope if scope.value in new.scopes],
        created_at=now,
        expires_at=new.expires_at,
    )
    store.add(db, row)
    return row, secret


def list_own(resources: Resources, actor: Actor, page: PageRequest) -> Page[PersonalAccessToken]:
    """Return the tokens of the person who asks, without their secrets."""
    key = page.after(str, str)
    after = None if key is None else _position(key)
    with resources.sessions() as db:
        rows = store.page(db, actor.signed_in().id, after, page.limit)
    return cut(rows, page.limit, lambda row: (row.created_at.isoformat(), str(row.id)))


def revoke(resources: Resources, actor: Actor, token_id: UUID) -> None:
    """Revoke a token of the person who asks; others' tokens do not exist for them."""
    with transaction(resources.sessions) as db:
        if not store.revoke(db, actor.signed_in().id, token_id, resources.clock.now()):
            raise NotFound


def _position(key: list[str]) -> tuple[datetime, UUID]:
    try:
        return datetime.fromisoformat(key[0]), UUID(key[1])
    except ValueError as error:
        raise Unprocessable.field("cursor", "cursor_invalid") from error
