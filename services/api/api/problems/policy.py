"""Who may see, try and change a problem. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from api.actor import Actor, Scope
from api.policy import Policy, setters

CHANGE: Final = Policy("problems.change", Scope.PROBLEMS, setters)


@dataclass(frozen=True)
class ProblemAccess:
    """What the rules need to know of a problem."""

    author_id: UUID | None
    is_public: bool


def is_jury_of(actor: Actor, problem: ProblemAccess) -> bool:
    """Whether somebody may know everything about the problem: its author, and admins."""
    return actor.is_admin or (problem.author_id is not None and actor.is_person(problem.author_id))


def may_see(actor: Actor, problem: ProblemAccess) -> bool:
    """Whether the problem exists for this reader. Who sees it may also submit to it."""
    return problem.is_public or is_jury_of(actor, problem)


def may_change(actor: Actor, problem: ProblemAccess) -> bool:
    """Whether somebody may change the problem or import a new version over it."""
    return actor.is_setter and is_jury_of(actor, problem)
