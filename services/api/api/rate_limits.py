"""How often something may be done, counted in Redis for all processes together.

While Redis is away each process counts for itself, which is laxer but never open, never closed.
"""

from __future__ import annotations

import math
import time
from typing import Protocol

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter

from api import metrics
from api.errors import RateLimited
from api.logs import logger
from contracts.queues import KEY_PREFIX

REDIS_TIMEOUT_S = 0.5
PAUSE_AFTER_FAILURE_S = 2.0


class RateLimits(Protocol):
    """Counts uses of a limit by key."""

    def use(self, limit: str, rate: str, *key: str) -> None:
        """Count one use and raise `RateLimited` when there were too many.

        Args:
            limit: the limit's name, such as `submission`.
            rate: such as `10/minute`.
            key: for whom it is counted.

        """
        ...

    def check(self, limit: str, rate: str, *key: str) -> None:
        """Raise `RateLimited` when the limit is used up, without counting."""
        ...


class RedisRateLimits:
    """Fixed windows in Redis, with memory to fall back on."""

    def __init__(self, redis_url: str) -> None:
        storage = RedisStorage(
            redis_url,
            key_prefix=f"{KEY_PREFIX}limits",
            wrap_exceptions=True,
            socket_timeout=REDIS_TIMEOUT_S,
            socket_connect_timeout=REDIS_TIMEOUT_S,
        )
        self._shared = FixedWindowRateLimiter(storage)
        self._own = FixedWindowRateLimiter(MemoryStorage(wrap_exceptions=True))
        self._ill_until = 0.0

    def use(self, limit: str, rate: str, *key: str) -> None:
        """See `RateLimits`."""
        self._ask(limit, parse(rate), key, count=True)

    def check(self, limit: str, rate: str, *key: str) -> None:
        """See `RateLimits`."""
        self._ask(limit, parse(rate), key, count=False)

    def _ask(self, limit: str, rate: RateLimitItem, key: tuple[str, ...], *, count: bool) -> None:
        if time.monotonic() >= self._ill_until:
            try:
                _ask(self._shared, limit, rate, key, count=count)
            except StorageError as error:
                self._ill_until = time.monotonic() + PAUSE_AFTER_FAILURE_S
                logger().warning("rate_limits_without_redis", error=str(error))
            else:
                return
        _ask(self._own, limit, rate, key, count=count)


class MemoryRateLimits:
    """Counts in this process only: the fake."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def use(self, limit: str, rate: str, *key: str) -> None:
        """See `RateLimits`."""
        _ask(self._limiter, limit, parse(rate), key, count=True)

    def check(self, limit: str, rate: str, *key: str) -> None:
        """See `RateLimits`."""
        _ask(self._limiter, limit, parse(rate), key, count=False)


def _ask(
    limiter: FixedWindowRateLimiter,
    limit: str,
    rate: RateLimitItem,
    key: tuple[str, ...],
    *,
    count: bool,
) -> None:
    allowed = limiter.hit(rate, limit, *key) if count else limiter.test(rate, limit, *key)
    if not allowed:
        metrics.RATE_LIMITED.labels(limit).inc()
        reset_at = limiter.get_window_stats(rate, limit, *key).reset_time
        raise RateLimited(max(1, math.ceil(reset_at - time.time())))
