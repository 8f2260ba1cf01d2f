"""The story of one mail: is it still wanted, is it ours to send, render, send, write down.

A delivery is unique by its cause, so a doubled message sends nothing. Between "sent" and "written
down" a crash can still send a mail twice; it then carries the same Message-ID.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from notifier import metrics
from notifier.errors import TransportError
from notifier.kinds import Kind
from notifier.logs import logger
from notifier.mail import Mail, MailTransport
from notifier.rendering import Person, Renderer


class Outcome(StrEnum):
    """How the work on a message ended."""

    NOT_WANTED = "not_wanted"
    NOT_OURS = "not_ours"
    SENT = "sent"
    LATER = "later"
    FAILED = "failed"


@dataclass(frozen=True)
class Attempt:
    """A try to deliver; `number` is the fence of what is written about it."""

    delivery_id: UUID
    number: int


class DeliveryStore(Protocol):
    """The deliveries."""

    def person(self, kind: Kind, cause_id: UUID) -> Person | None:
        """Return who is to get the mail, or None when it is no longer wanted."""
        ...

    def begin(self, kind: Kind, cause_id: UUID, recipient: str) -> Attempt | None:
        """Take the delivery for a try, or None when it is done, not due or in other hands."""
        ...

    def sent(self, attempt: Attempt) -> None:
        """Write down that the server took it."""
        ...

    def failed(self, attempt: Attempt, error: str, *, delay_s: float | None) -> None:
        """Write down a failure: the next try is due after the delay, or never."""
        ...


@dataclass(frozen=True)
class Policy:
    """When to try again. Half a day of a mail server's illness is sat out."""

    max_tries: int = 10
    first_delay_s: float = 30.0
    longest_delay_s: float = 2 * 3600.0

    def delay_s(self, tries: int) -> float | None:
        """Return how long to wait after so many tries, or None to give up."""
        if tries >= self.max_tries:
            return None
        return min(self.longest_delay_s, self.first_delay_s * 3.0 ** (tries - 1))


class Deliveries:
    """Sends mails."""

    def __init__(
        self,
        *,
        store: DeliveryStore,
        transport: MailTransport,
        renderer: Renderer,
        policy: Policy,
    ) -> None:
        self._store = store
        self._transport = transport
        self._renderer = renderer
        self._policy = policy

    def deliver(self, kind: Kind, cause_id: UUID) -> Outcome:
        """Send the mail that this row asks for, unless it is done already."""
        person = self._store.person(kind, cause_id)
        if person is None:
            return Outcome.NOT_WANTED
        attempt = self._store.begin(kind, cause_id, person.email)
        if attempt is None:
            return Outcome.NOT_OURS
        outcome = self._try(kind, cause_id, person, attempt)
        metrics.MAILS.labels(kind.name, outcome.value).inc()
        return outcome

    def _try(self, kind: Kind, cause_id: UUID, person: Person, attempt: Attempt) -> Outcome:
        words = self._renderer.render(kind, cause_id, person)
        mail = Mail(
            delivery_id=attempt.delivery_id,
            to=person.email,
            subject=words.subject,
            text=words.text,
            html=words.html,
            locale=words.locale,
        )
        try:
            self._transport.send(mail)
        except TransportError as error:
            return self._failed(attempt, error)
        self._store.sent(attempt)
        return Outcome.SENT

    def _failed(self, attempt: Attempt, error: TransportError) -> Outcome:
        delay_s = None if error.permanent else self._policy.delay_s(attempt.number)
        self._store.failed(attempt, str(error), delay_s=delay_s)
        # The address is personal: the log names the delivery, the table knows the rest.
        logger().warning(
            "mail_not_taken",
            delivery=str(attempt.delivery_id),
            tries=attempt.number,
            error=str(error),
            next_try_in_s=delay_s,
        )
        return Outcome.FAILED if delay_s is None else Outcome.LATER
