"""What the use cases work with, wired once in app.py and handed down; nothing is global."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from api.actor import Actor
from api.broker import Broker
from api.clock import Clock
from api.rate_limits import RateLimits
from api.settings import Settings
from database.engine import SessionFactory


class Authenticator(Protocol):
    """Finds out who is behind a secret that came with a request."""

    def by_session(self, secret: str) -> tuple[Actor, str] | None:
        """Return the actor of a browser session with its CSRF token, or None."""
        ...

    def by_token(self, secret: str) -> Actor | None:
        """Return the actor of a personal access token, or None."""
        ...


class Hasher(Protocol):
    """Makes and checks password hashes."""

    def hash(self, password: str) -> str:
        """Return what is stored of a password."""
        ...

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is the password; takes as long when there is none (`stored` is None)."""
        ...


@dataclass(frozen=True)
class Resources:
    """The ports that services take as their first argument."""

    settings: Settings
    sessions: SessionFactory
    broker: Broker
    clock: Clock
    rate_limits: RateLimits
    authenticator: Authenticator
    hasher: Hasher
