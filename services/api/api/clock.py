"""What time it is, as a port, so that tests can say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says the time."""

    def now(self) -> datetime:
        """Return the time with its zone."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime | None = None) -> None:
        self._now = at or datetime.now(UTC)

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._now

    def advance(self, **duration: float) -> None:
        """Move by `timedelta(**duration)`."""
        self._now += timedelta(**duration)
