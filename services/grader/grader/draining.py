"""How the grader goes away: first nothing new, then what is still in work is handed back."""

from __future__ import annotations

import threading

from grader.ports import Clock


class Draining:
    """Set once by SIGTERM. Between `begin` and `grace_s` later, short judgings may still end."""

    def __init__(self, clock: Clock, grace_s: float) -> None:
        self._clock = clock
        self._grace_s = grace_s
        self._hand_back_at: float | None = None
        self.begun = threading.Event()

    def begin(self) -> None:
        """Take nothing new from now on. Safe in a signal handler."""
        if self._hand_back_at is None:
            self._hand_back_at = self._clock.monotonic() + self._grace_s
        self.begun.set()

    @property
    def over(self) -> bool:
        """Whether what is in work must be handed back now."""
        return self._hand_back_at is not None and self._clock.monotonic() >= self._hand_back_at
