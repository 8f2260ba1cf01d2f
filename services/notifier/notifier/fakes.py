"""Fakes of the notifier's ports, used by tests only."""

from __future__ import annotations

from notifier.errors import TransportError
from notifier.mail import Mail


class FakeTransport:
    """Keeps the mails. `failures` are raised first, one for each mail."""

    def __init__(self, *failures: TransportError) -> None:
        self.sent: list[Mail] = []
        self._failures = list(failures)

    def send(self, mail: Mail) -> None:
        """Keep the mail, or fail as told."""
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append(mail)
