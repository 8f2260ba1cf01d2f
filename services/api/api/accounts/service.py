"""Making an account and changing one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Db

from api.accounts import policy, rules, store
from api.actor import Actor, Person, Role
from api.errors import Faults, Forbidden, Unprocessable
from api.resources import Resources
from contracts.messages import SendVerificationMail
from database.engine import transaction
from database.models import User

REGISTRATION_RATE = "120/hour"
"""Of one address. A whole class behind one router registers within a lesson."""
PASSWORD_RATE = "10/15minutes"  # noqa: S105 - a rate


@dataclass(frozen=True)
class NewAccount:
    """What somebody fills in to register."""

    username: str
    email: str
    password: str
    display_name: str | None = None
    locale: str | None = None


@dataclass(frozen=True)
class ProfileChange:
    """What to change; None leaves as it is."""

    display_name: str | None = None
    locale: str | None = None


@dataclass(frozen=True)
class PasswordChange:
    """The old password, to prove who sits there, and the new one."""

    current_password: str
    new_password: str


@dataclass(frozen=True)
class Account:
    """A person as they see themselves."""

    id: UUID
    username: str
    display_name: str
    email: str
    email_verified_at: datetime | None
    verify_by: datetime | None
    roles: list[str]
    locale: str
    created_at: datetime


def account_of(resources: Resources, person: Person) -> Account:
    """Return what a person may see of themselves."""
    return Account(
        id=person.id,
        username=person.username,
        display_name=person.display_name,
        email=person.email,
        email_verified_at=person.email_verified_at,
        verify_by=policy.verify_by(person, resources.settings.email_verification_grace_hours),
        roles=sorted(role.value for role in person.roles),
        locale=person.locale,
        created_at=person.created_at,
    )


def person_of(user: User) -> Person:
    """Return a stored account as the person that requests know."""
    return Person(
        id=user.id,
        username=user.username,
        display_name=user.display_name,
        email=user.email,
        roles=frozenset(Role(role) for role in user.roles),
        locale=user.locale,
        email_verified_at=user.email_verified_at,
        created_at=user.created_at,
    )


def register(resources: Resources, new: NewAccount, *, locale: str, address: str) -> Account:
    """Make an account and ask for the mail that proves its address.

    Args:
        resources: the ports.
        new: what was filled in.
        locale: the reader's language, for an account that names none.
        address: the sender's IP address.

    """
    if not resources.settings.registration_open:
        raise Forbidden("registration_closed")
    resources.rate_limits.use("registration", REGISTRATION_RATE, address)
    new = replace(new, email=new.email.strip(), locale=new.locale or locale)
    _check(resources, new)
    password_hash = resources.hasher.hash(new.password)
    with transaction(resources.sessions) as db:
        user = create(db, new, password_hash)
        verification = store.add_verification(db, user)
    resources.broker.send(SendVerificationMail(email_verification_id=str(verification.id)))
    return account_of(resources, person_of(user))


def create(db: Db, new: NewAccount, password_hash: str, roles: tuple[Role, ...] = ()) -> User:
    """Add an account whose fields were checked.

    Raises:
        Unprocessable: somebody else took the name or address in the meantime.

    """
    user = User(
        username=new.username,
        display_name=rules.clean_display_name(new.display_name or new.username),
        email=new.email,
        password_hash=password_hash,
        roles=[role.value for role in roles],
        locale=new.locale or "ko",
    )
    try:
        store.add(db, user)
    except IntegrityError as error:
        name = "email" if "email" in str(error.orig) else "username"
        raise Unprocessable.field(name, f"{name}_taken") from error
    return user


def check_new(
    db: Db, new: NewAccount, *, reserved_allowed: bool = False, password_free: bool = False
) -> None:
    """Raise everything that is wrong with a new account at once.

    Args:
        db: where the names are that are taken.
        new: the account.
        reserved_allowed: an operator makes it.
        password_free: the password was made by us.

    """
    faults = Faults()
    rules.check_username(faults, new.username, reserved_allowed=reserved_allowed)
    if new.display_name is not None:
        rules.check_display_name(faults, rules.clean_display_name(new.display_name))
    rules.check_email(faults, new.email)
    if not password_free:
        rules.check_password(faults, new.password, new.username, new.email)
    username_taken, email_taken = store.taken(db, new.username, new.email)
    if username_taken:
        faults.add("username", "username_taken")
    if email_taken:
        faults.add("email", "email_taken")
    faults.raise_if_any()


def change_profile(resources: Resources, actor: Actor, change: ProfileChange) -> Account:
    """Change the display name or the language."""
    person = actor.signed_in()
    changed = replace(person, locale=change.locale or person.locale)
    if change.display_name is not None:
        changed = replace(changed, display_name=rules.clean_display_name(change.display_name))
        faults = Faults()
        rules.check_display_name(faults, changed.display_name)
        faults.raise_if_any()
    with transaction(resources.sessions) as db:
        store.set_profile(db, person.id, changed.display_name, changed.locale)
    return account_of(resources, changed)


def change_password(resources: Resources, actor: Actor, change: PasswordChange) -> None:
    """Set a new password and sign out everywhere else."""
    person = actor.signed_in()
    resources.rate_limits.use("password-change", PASSWORD_RATE, str(person.id))
    with resources.sessions() as db:
        stored = store.find_by_id(db, person.id).password_hash
    if not resources.hasher.verify(stored, change.current_password):
        raise Unprocessable.field("current_password", "password_wrong")
    faults = Faults()
    rules.check_password(
        faults, change.new_password, person.username, person.email, field_name="new_password"
    )
    faults.raise_if_any()
    password_hash = resources.hasher.hash(change.new_password)
    with transaction(resources.sessions) as db:
        store.set_password(db, person.id, password_hash)
        store.end_sessions(db, person.id, but=actor.session_id)


def _check(resources: Resources, new: NewAccount) -> None:
    with resources.sessions() as db:
        check_new(db, new)
