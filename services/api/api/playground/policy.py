"""Who may run code in the playground and see what came of it. Pure."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from api.actor import Actor, Scope
from api.policy import Policy

RUN: Final = Policy("playground.run", Scope.SUBMIT)
READ: Final = Policy("playground.read", Scope.READ)


def may_see(actor: Actor, user_id: UUID) -> bool:
    """Whether somebody may see a playground run: the one who asked for it, nobody else."""
    return actor.is_person(user_id)
