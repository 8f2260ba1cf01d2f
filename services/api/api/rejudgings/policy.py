"""Who may have submissions judged again. Pure."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from api.actor import Actor, Scope
from api.policy import Policy, setters

MANAGE: Final = Policy("rejudgings.manage", Scope.PROBLEMS, setters)


def only_problems_of(actor: Actor) -> UUID | None:
    """Return whose problems this is limited to; None: an admin may judge everything again."""
    return None if actor.is_admin else actor.signed_in().id
