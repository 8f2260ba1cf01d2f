from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.actor import EVERY_SCOPE, VISITOR, Actor, Person, Role, Scope, expand
from api.problems.policy import ProblemAccess, is_jury_of, may_change, may_see
from database.base import new_id


def actor(*roles: Role, scopes: frozenset[Scope] = EVERY_SCOPE) -> Actor:
    now = datetime.now(UTC)
    person = Person(new_id(), "x", "X", "x@example.org", frozenset(roles), "en", now, now)
    return Actor(person, scopes)


ADA, JURY, ADMIN = actor(), actor(Role.SETTER), actor(Role.ADMIN)
PUBLIC = ProblemAccess(JURY.user_id, is_public=True)
DRAFT = ProblemAccess(JURY.user_id, is_public=False)
NOBODYS = ProblemAccess(None, is_public=False)


@pytest.mark.parametrize(
    ("who", "sees_public", "sees_draft", "sees_nobodys"),
    [
        (VISITOR, True, False, False),
        (ADA, True, False, False),
        (actor(Role.SETTER), True, False, False),
        (JURY, True, True, False),
        (ADMIN, True, True, True),
    ],
)
def test_drafts_show_for_their_author_and_admins(
    who: Actor, *, sees_public: bool, sees_draft: bool, sees_nobodys: bool
) -> None:
    seen = (may_see(who, PUBLIC), may_see(who, DRAFT), may_see(who, NOBODYS))
    assert seen == (sees_public, sees_draft, sees_nobodys)


@pytest.mark.parametrize(
    ("who", "may"),
    [(VISITOR, False), (ADA, False), (actor(Role.SETTER), False), (JURY, True), (ADMIN, True)],
)
def test_a_problem_is_changed_by_its_author_and_admins(who: Actor, *, may: bool) -> None:
    assert may_change(who, PUBLIC) is may
    assert is_jury_of(who, PUBLIC) is may


def test_an_author_who_is_no_setter_any_more_sees_but_does_not_change() -> None:
    problem = ProblemAccess(ADA.user_id, is_public=False)
    assert may_see(ADA, problem)
    assert not may_change(ADA, problem)


def test_a_token_for_submitting_does_not_change_problems() -> None:
    limited = Actor(JURY.person, expand(frozenset({Scope.SUBMIT})))
    assert may_see(limited, DRAFT)
    assert not may_change(limited, DRAFT)
