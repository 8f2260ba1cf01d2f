"""Looks up sessions and tokens: one read for each request, a write at most every few minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from api.accounts import authentication_store as store
from api.accounts.secrets import fingerprint
from api.actor import EVERY_SCOPE, Actor, Scope, expand
from api.clock import Clock
from database.engine import SessionFactory, transaction

SESSION_LIFE: Final = timedelta(days=14)
TOUCH_EVERY: Final = timedelta(minutes=5)


class DatabaseAuthenticator:
    """The `Authenticator` on PostgreSQL."""

    def __init__(self, sessions: SessionFactory, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    def by_session(self, secret: str) -> tuple[Actor, str] | None:
        """Return the actor of a session that is not over, and push its end further out."""
        now = self._clock.now()
        with transaction(self._sessions) as db:
            found = store.find_session(db, fingerprint(secret), now)
            if found is None:
                return None
            if now - found.last_used_at >= TOUCH_EVERY:
                store.touch_session(db, found.id, now, now + SESSION_LIFE)
        actor = Actor(person=found.person, scopes=EVERY_SCOPE, session_id=found.id)
        return actor, found.csrf_token

    def by_token(self, secret: str) -> Actor | None:
        """Return the actor of a token that is neither revoked nor expired."""
        now = self._clock.now()
        with transaction(self._sessions) as db:
            found = store.find_token(db, fingerprint(secret), now)
            if found is None:
                return None
            if found.last_used_at is None or now - found.last_used_at >= TOUCH_EVERY:
                store.touch_token(db, found.id, now)
        scopes = expand(frozenset(Scope(scope) for scope in found.scopes))
        return Actor(person=found.person, scopes=scopes, token_id=found.id)
