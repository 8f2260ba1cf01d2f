"""Who may send programs, and how much of a submission a reader may see. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final
from uuid import UUID

from api.actor import Actor, Person, Role, Scope
from api.policy import Policy
from api.problems.policy import ProblemAccess, is_jury_of, may_see

SEND: Final = Policy("submissions.send", Scope.SUBMIT)
READ: Final = Policy("submissions.read", Scope.READ)


class Sight(IntEnum):
    """How much of a submission is shown; each step includes the ones before."""

    NOTHING = 0
    """It does not exist for this reader."""
    OUTLINE = 1
    """Who, what, when and the verdict, with time and memory."""
    OWN = 2
    """Also the source, the compiler's words, every run's verdict, and details of samples."""
    EVERYTHING = 3
    """Also the details of secret test cases and the reason of a judge error."""


@dataclass(frozen=True)
class SubmissionAccess:
    """What the rules need to know of a submission."""

    user_id: UUID
    problem: ProblemAccess
    by_jury: bool = False
    """One of the jury's own programs, sent to try the problem."""


def sight_of(actor: Actor, submission: SubmissionAccess) -> Sight:
    """Return how much this reader sees."""
    if is_jury_of(actor, submission.problem):
        return Sight.EVERYTHING
    if submission.by_jury:
        return Sight.NOTHING
    if actor.is_person(submission.user_id):
        return Sight.OWN
    return Sight.OUTLINE if may_see(actor, submission.problem) else Sight.NOTHING


def is_exempt_from_rate(person: Person) -> bool:
    """Whether somebody may send as fast as they can: the jury tries whole sets of programs."""
    return bool(person.roles & {Role.ADMIN, Role.SETTER})


def may_write(person: Person, now: datetime, grace_hours: int) -> bool:
    """Whether the address is proven, or the account new enough to be without."""
    if person.email_verified_at is not None:
        return True
    return now < person.created_at + timedelta(hours=grace_hours)
