from __future__ import annotations

import pytest

from api.actor import EVERY_SCOPE, VISITOR, Scope, expand
from api.errors import NotAuthenticated


def test_every_scope_includes_reading_and_admin_includes_all() -> None:
    for scope in Scope:
        assert Scope.READ in expand(frozenset({scope}))
    assert expand(frozenset({Scope.ADMIN})) == EVERY_SCOPE
    assert expand(frozenset({Scope.SUBMIT})) == {Scope.SUBMIT, Scope.READ}
    assert expand(frozenset()) == frozenset()


def test_a_visitor_is_nobody() -> None:
    assert VISITOR.user_id is None
    assert not VISITOR.is_person(None)
    assert not any([VISITOR.is_admin, VISITOR.is_setter, VISITOR.is_signed_in])
    with pytest.raises(NotAuthenticated):
        VISITOR.signed_in()
