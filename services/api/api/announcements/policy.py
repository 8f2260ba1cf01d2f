"""Who may write news, and who may read what is not out yet. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from api.actor import Actor, Scope
from api.policy import Policy, admins

WRITE: Final = Policy("announcements.write", Scope.ADMIN, admins)


def may_read_drafts(actor: Actor) -> bool:
    """Whether the actor sees what is not published yet."""
    return actor.is_admin


def is_published(published_at: datetime | None, now: datetime) -> bool:
    """Whether everybody may read it."""
    return published_at is not None and published_at <= now
