"""Following mailed links, and asking for them."""

from __future__ import annotations

from dataclasses import dataclass

from api.accounts import rules
from api.accounts import store as accounts
from api.actor import Actor
from api.errors import Conflict, Faults, RateLimited, Unprocessable
from api.mailed_links import signer, store
from api.resources import Resources
from contracts.links import LinkPurpose
from contracts.messages import SendPasswordResetMail, SendVerificationMail
from database.engine import transaction

RESEND_RATE = "3/10minutes"
RESET_RATE_OF_ADDRESS = "60/hour"
RESET_RATE_OF_LOGIN = "3/15minutes"
CONFIRM_RATE = "60/hour"


@dataclass(frozen=True)
class NewPassword:
    """A link's token and the password to set."""

    token: str
    password: str


def verify_email(resources: Resources, token: str) -> None:
    """Note that an address is proven. Following the same link again does no harm.

    Raises:
        Unprocessable: `link_invalid`, `link_expired`.

    """
    request_id = signer.read(resources.settings.mail_link_key, LinkPurpose.VERIFY_EMAIL, token)
    now = resources.clock.now()
    with transaction(resources.sessions) as db:
        # Mail programs open links ahead of their reader, who must not be told that it failed.
        request = store.use_verification(db, request_id, now) or store.find_verification(
            db, request_id
        )
        if request is None or not accounts.mark_verified(db, request.user_id, request.email, now):
            raise Unprocessable.field("token", "link_invalid")


def resend_verification(resources: Resources, actor: Actor) -> None:
    """Ask for another mail to prove one's address."""
    person = actor.signed_in()
    if person.email_verified_at is not None:
        raise Conflict("email_already_verified")
    resources.rate_limits.use("resend", RESEND_RATE, str(person.id))
    with transaction(resources.sessions) as db:
        verification = accounts.add_verification(db, accounts.find_by_id(db, person.id))
    resources.broker.send(SendVerificationMail(email_verification_id=str(verification.id)))


def request_reset(resources: Resources, login: str, address: str) -> None:
    """Ask for a mail with a link to set a new password.

    Nothing tells the asker whether there is such an account: not the answer, not an error.
    """
    resources.rate_limits.use("reset-address", RESET_RATE_OF_ADDRESS, address)
    try:
        resources.rate_limits.use("reset", RESET_RATE_OF_LOGIN, login.strip().lower())
    except RateLimited:
        # Enough mails are under way; saying so would let others watch somebody's mail box fill.
        return
    with transaction(resources.sessions) as db:
        user = accounts.find_by_login(db, login.strip())
        if user is None or user.disabled_at is not None:
            return
        reset = store.add_reset(db, user.id)
    resources.broker.send(SendPasswordResetMail(password_reset_id=str(reset.id)))


def confirm_reset(resources: Resources, new: NewPassword, address: str) -> None:
    """Set a new password by a mailed link; sign out everywhere and prove the address.

    A second factor stays on: the link replaces the password alone.

    Raises:
        Unprocessable: `link_invalid`, `link_expired`, `link_used`, or what is wrong with the
            password, which leaves the link usable.

    """
    resources.rate_limits.use("reset-confirm", CONFIRM_RATE, address)
    key = resources.settings.mail_link_key
    request_id = signer.read(key, LinkPurpose.RESET_PASSWORD, new.token)
    with resources.sessions() as db:
        found = store.find_reset_person(db, request_id)
    if found is None:
        raise Unprocessable.field("token", "link_used")
    _, user = found
    faults = Faults()
    rules.check_password(faults, new.password, user.username, user.email)
    faults.raise_if_any()
    password_hash = resources.hasher.hash(new.password)
    now = resources.clock.now()
    with transaction(resources.sessions) as db:
        if not store.use_resets(db, request_id, user.id, now):
            raise Unprocessable.field("token", "link_used")
        accounts.set_password(db, user.id, password_hash)
        accounts.end_sessions(db, user.id)
        # Whoever read the mail reads the mails of this address.
        accounts.mark_verified(db, user.id, user.email, now)
