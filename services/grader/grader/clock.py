"""The real clock."""

from __future__ import annotations

import time


class SystemClock:
    """Time as the machine has it."""

    def monotonic(self) -> float:
        """Return seconds since some moment."""
        return time.monotonic()
