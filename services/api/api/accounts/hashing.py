"""Password hashes: argon2id with OWASP's least parameters, a few at a time."""

from __future__ import annotations

import os
import secrets
import threading
from functools import cached_property
from typing import Final

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError

from api.errors import Unavailable

MAX_WAIT_S: Final = 10


class Argon2Hasher:
    """argon2id, t=2, 19 MiB, p=1: 19 ms on one core, measured.

    At most one core less than there are hashes at a time, so that a class that signs in at the
    bell queues here instead of starving the pages.
    """

    def __init__(self) -> None:
        self._argon2 = Argon2(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._slots = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))

    def hash(self, password: str) -> str:
        """See `api.resources.Hasher`."""
        with _Slot(self._slots):
            return self._argon2.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """See `api.resources.Hasher`."""
        with _Slot(self._slots):
            try:
                return self._argon2.verify(stored or self._nobody, password) and stored is not None
            except (VerificationError, InvalidHashError):
                return False

    @cached_property
    def _nobody(self) -> str:
        return self._argon2.hash(secrets.token_urlsafe())


class _Slot:
    """A place among those who hash; gives up instead of queueing without end."""

    def __init__(self, slots: threading.BoundedSemaphore) -> None:
        self._slots = slots

    def __enter__(self) -> None:
        if not self._slots.acquire(timeout=MAX_WAIT_S):
            raise Unavailable

    def __exit__(self, *_: object) -> None:
        self._slots.release()
