"""Policies at the door: who may use a route at all.

What of a thing somebody may see is decided by the functions in each feature's policy.py, once the
thing is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.actor import Actor, Scope


def anybody_signed_in(actor: Actor) -> bool:
    """Whether a person asks."""
    return actor.is_signed_in


def setters(actor: Actor) -> bool:
    """Whether a setter or an admin asks."""
    return actor.is_setter


def admins(actor: Actor) -> bool:
    """Whether an admin asks."""
    return actor.is_admin


@dataclass(frozen=True)
class Policy:
    """A rule with a name that stands in the route, the OpenAPI document and the log.

    Attributes:
        name: `<feature>.<what>`.
        scope: what a token needs to pass.
        allows: the rule; visitors are turned away before it is asked.

    """

    name: str
    scope: Scope
    allows: Callable[[Actor], bool] = anybody_signed_in
