"""Who is asking: a visitor, or a person in a browser or through a token. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from api.errors import NotAuthenticated


class Role(StrEnum):
    """What a person may be besides a participant."""

    ADMIN = "admin"
    SETTER = "setter"


class Scope(StrEnum):
    """What a personal access token may be used for."""

    READ = "read"
    SUBMIT = "submit"
    PROBLEMS = "problems"
    ADMIN = "admin"


_INCLUDED: Final[dict[Scope, frozenset[Scope]]] = {
    Scope.READ: frozenset({Scope.READ}),
    Scope.SUBMIT: frozenset({Scope.SUBMIT, Scope.READ}),
    Scope.PROBLEMS: frozenset({Scope.PROBLEMS, Scope.READ}),
    Scope.ADMIN: frozenset(Scope),
}
"""Each scope includes reading what its owner may read, so that a program can see what it did."""

EVERY_SCOPE: Final = frozenset(Scope)


def expand(scopes: frozenset[Scope]) -> frozenset[Scope]:
    """Return the scopes with those that they include."""
    return frozenset().union(*(_INCLUDED[scope] for scope in scopes))


@dataclass(frozen=True)
class Person:
    """Somebody with an account, as far as requests need to know them."""

    id: UUID
    username: str
    display_name: str
    email: str
    roles: frozenset[Role]
    locale: str
    email_verified_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class Actor:
    """Who asks, and with which powers.

    Attributes:
        person: None for a visitor.
        scopes: what this way of signing in allows; everything in a browser.
        session_id: the browser session, if it is one.
        token_id: the personal access token, if it is one.

    """

    person: Person | None = None
    scopes: frozenset[Scope] = frozenset()
    session_id: UUID | None = None
    token_id: UUID | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether there is a person at all."""
        return self.person is not None

    @property
    def user_id(self) -> UUID | None:
        """The person's id, or None for a visitor."""
        return self.person.id if self.person else None

    def signed_in(self) -> Person:
        """Return the person.

        Raises:
            NotAuthenticated: a visitor asks; guards see to it earlier.

        """
        if self.person is None:
            raise NotAuthenticated
        return self.person

    @property
    def is_admin(self) -> bool:
        """Whether an admin asks with full powers: a token needs the scope `admin` for it."""
        return self._has(Role.ADMIN, Scope.ADMIN)

    @property
    def is_setter(self) -> bool:
        """Whether somebody asks who may set problems; admins may."""
        return self.is_admin or self._has(Role.SETTER, Scope.PROBLEMS)

    def is_person(self, user_id: UUID | None) -> bool:
        """Whether this is the person with that id."""
        return self.person is not None and self.person.id == user_id

    def _has(self, role: Role, scope: Scope) -> bool:
        return self.person is not None and role in self.person.roles and scope in self.scopes


VISITOR: Final = Actor()
