"""Who may do what with accounts. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from api.actor import Person, Scope
from api.policy import Policy

READ_SELF: Final = Policy("accounts.read_self", Scope.READ)
# A token needs every power for this, or it could make itself a stronger one.
MANAGE_SELF: Final = Policy("accounts.manage_self", Scope.ADMIN)


def verify_by(person: Person, grace_hours: int) -> datetime | None:
    """Return until when an unproven address does no harm; None once it is proven."""
    if person.email_verified_at is not None:
        return None
    return person.created_at + timedelta(hours=grace_hours)
