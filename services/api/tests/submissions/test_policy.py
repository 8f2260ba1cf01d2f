from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from api.actor import EVERY_SCOPE, VISITOR, Actor, Person, Role
from api.problems.policy import ProblemAccess
from api.submissions.policy import (
    Sight,
    SubmissionAccess,
    is_exempt_from_rate,
    may_write,
    sight_of,
)
from database.base import new_id

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def person(*roles: Role, verified: bool = True) -> Person:
    at = NOW if verified else None
    return Person(new_id(), "x", "X", "x@example.org", frozenset(roles), "en", at, NOW)


def actor(*roles: Role) -> Actor:
    return Actor(person(*roles), EVERY_SCOPE)


ADA, BELA, JURY, ADMIN = actor(), actor(), actor(Role.SETTER), actor(Role.ADMIN)
OTHER_SETTER = actor(Role.SETTER)
WHO = {
    "visitor": VISITOR,
    "ada": ADA,
    "bela": BELA,
    "jury": JURY,
    "other setter": OTHER_SETTER,
    "admin": ADMIN,
}


@pytest.mark.parametrize(
    ("who", "public", "draft", "jurys"),
    [
        ("visitor", Sight.OUTLINE, Sight.NOTHING, Sight.NOTHING),
        ("ada", Sight.OWN, Sight.OWN, Sight.NOTHING),
        ("bela", Sight.OUTLINE, Sight.NOTHING, Sight.NOTHING),
        ("other setter", Sight.OUTLINE, Sight.NOTHING, Sight.NOTHING),
        ("jury", Sight.EVERYTHING, Sight.EVERYTHING, Sight.EVERYTHING),
        ("admin", Sight.EVERYTHING, Sight.EVERYTHING, Sight.EVERYTHING),
    ],
)
def test_each_sees_what_is_theirs_to_see(
    who: str, public: Sight, draft: Sight, jurys: Sight
) -> None:
    assert ADA.user_id is not None
    assert JURY.user_id is not None
    on_public = SubmissionAccess(ADA.user_id, ProblemAccess(JURY.user_id, is_public=True))
    on_draft = SubmissionAccess(ADA.user_id, ProblemAccess(JURY.user_id, is_public=False))
    by_jury = SubmissionAccess(
        ADA.user_id, ProblemAccess(JURY.user_id, is_public=True), by_jury=True
    )
    seen = [sight_of(WHO[who], submission) for submission in (on_public, on_draft, by_jury)]
    assert seen == [public, draft, jurys]


@pytest.mark.parametrize(
    ("roles", "exempt"),
    [((), False), ((Role.SETTER,), True), ((Role.ADMIN,), True)],
)
def test_the_jury_may_send_as_fast_as_it_can(roles: tuple[Role, ...], *, exempt: bool) -> None:
    assert is_exempt_from_rate(person(*roles)) is exempt


@pytest.mark.parametrize(
    ("verified", "hours", "may"),
    [(True, 1000, True), (False, 23, True), (False, 24, False), (False, 1000, False)],
)
def test_an_unproven_address_may_write_for_a_while(
    *, verified: bool, hours: int, may: bool
) -> None:
    now = NOW + timedelta(hours=hours)
    assert may_write(person(verified=verified), now, grace_hours=24) is may
