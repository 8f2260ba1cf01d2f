"""A mail as this service thinks of it, and who carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail to one person.

    Attributes:
        delivery_id: becomes the Message-ID, so that a mail sent twice is seen as one.

    """

    delivery_id: UUID
    to: str
    subject: str
    text: str
    html: str
    locale: str


class MailTransport(Protocol):
    """Carries mails."""

    def send(self, mail: Mail) -> None:
        """Hand the mail to the server.

        Raises:
            TransportError: it was not taken, for now or for good.

        """
        ...
