"""Signing in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp

from api import metrics
from api.accounts import store as accounts
from api.accounts.authenticator import SESSION_LIFE
from api.accounts.secrets import fingerprint, new_secret
from api.accounts.service import Account, account_of, person_of
from api.actor import Actor
from api.errors import NotAuthenticated, NotFound, RateLimited
from api.logs import logger
from api.resources import Resources
from api.sessions import store
from database.engine import transaction
from database.models import Session, User

# Only failures count, so that a class behind one router can sign in at the bell.
FAILURES_OF_LOGIN_AND_ADDRESS = "10/15minutes"
FAILURES_OF_LOGIN = "60/15minutes"
FAILURES_OF_ADDRESS = "200/15minutes"
TOTP_LIFE = "1/2minutes"
USER_AGENT_MAX = 400


@dataclass(frozen=True)
class Credentials:
    """What somebody types to sign in; `login` is a user name or an e-mail address."""

    login: str
    password: str
    totp: str | None = None


@dataclass(frozen=True)
class Origin:
    """Where a request came from, as far as the owner of the account should see it later."""

    address: str
    user_agent: str


@dataclass(frozen=True)
class SignedIn:
    """A new session: its secrets are shown this once."""

    user: Account
    secret: str
    csrf_token: str


@dataclass(frozen=True)
class OpenSession:
    """A session as its owner sees it."""

    id: UUID
    user_agent: str
    ip_address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


def login(resources: Resources, given: Credentials, origin: Origin) -> SignedIn:
    """Open a session.

    Raises:
        NotAuthenticated: `invalid_credentials`, the same and after the same time whether the
            account exists or not; `totp_required`, `totp_invalid` once the password was right.
        RateLimited: too many failures.

    """
    _check_failures(resources, given, origin)
    with resources.sessions() as db:
        user = accounts.find_by_login(db, given.login.strip())
    usable = user if user is not None and user.disabled_at is None else None
    stored = usable.password_hash if usable else None
    if not resources.hasher.verify(stored, given.password) or usable is None:
        raise _failed(resources, given, origin, "invalid_credentials")
    _check_totp(resources, usable, given, origin)
    signed_in = _open(resources, usable, origin)
    metrics.LOGINS.labels("succeeded").inc()
    return signed_in


def logout(resources: Resources, actor: Actor) -> None:
    """End the session that asks; a token stays as it is."""
    if actor.session_id is None:
        return
    with transaction(resources.sessions) as db:
        store.end(db, actor.signed_in().id, actor.session_id)


def list_own(resources: Resources, actor: Actor) -> list[OpenSession]:
    """Return the sessions of the person who asks."""
    with resources.sessions() as db:
        found = store.of_person(db, actor.signed_in().id, resources.clock.now())
    return [
        OpenSession(
            id=session.id,
            user_agent=session.user_agent,
            ip_address=session.ip_address,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            expires_at=session.expires_at,
            current=session.id == actor.session_id,
        )
        for session in found
    ]


def end_own(resources: Resources, actor: Actor, session_id: UUID) -> None:
    """End a session of the person who asks; others' sessions do not exist for them."""
    with transaction(resources.sessions) as db:
        if not store.end(db, actor.signed_in().id, session_id):
            raise NotFound


def _open(resources: Resources, user: User, origin: Origin) -> SignedIn:
    secret, csrf_token, now = new_secret(), new_secret(), resources.clock.now()
    with transaction(resources.sessions) as db:
        store.add(
            db,
            Session(
                user_id=user.id,
                token_hash=fingerprint(secret),
                csrf_token=csrf_token,
                user_agent=origin.user_agent[:USER_AGENT_MAX],
                ip_address=origin.address,
                created_at=now,
                last_seen_at=now,
                expires_at=now + SESSION_LIFE,
            ),
        )
    return SignedIn(account_of(resources, person_of(user)), secret, csrf_token)


def _limits(given: Credentials, origin: Origin) -> list[tuple[str, str, tuple[str, ...]]]:
    name = fingerprint(given.login.strip().lower())
    return [
        ("login", FAILURES_OF_LOGIN_AND_ADDRESS, (name, origin.address)),
        ("login-name", FAILURES_OF_LOGIN, (name,)),
        ("login-address", FAILURES_OF_ADDRESS, (origin.address,)),
    ]


def _check_failures(resources: Resources, given: Credentials, origin: Origin) -> None:
    for limit, rate, key in _limits(given, origin):
        resources.rate_limits.check(limit, rate, *key)


def _failed(
    resources: Resources, given: Credentials, origin: Origin, code: str
) -> NotAuthenticated:
    metrics.LOGINS.labels(code).inc()
    logger().info("login_failed", reason=code, address=origin.address)
    for limit, rate, key in _limits(given, origin):
        try:
            resources.rate_limits.use(limit, rate, *key)
        except RateLimited:
            # This try was still allowed; the next one is turned away.
            continue
    return NotAuthenticated(code)


def _check_totp(resources: Resources, user: User, given: Credentials, origin: Origin) -> None:
    if user.totp_secret is None:
        return
    if not given.totp:
        raise NotAuthenticated("totp_required")
    totp = pyotp.TOTP(user.totp_secret)
    if not totp.verify(given.totp, for_time=resources.clock.now(), valid_window=1):
        raise _failed(resources, given, origin, "totp_invalid")
    try:
        # A code seen over somebody's shoulder must not work a second time.
        resources.rate_limits.use("totp-used", TOTP_LIFE, str(user.id), given.totp)
    except RateLimited as error:
        raise _failed(resources, given, origin, "totp_invalid") from error
