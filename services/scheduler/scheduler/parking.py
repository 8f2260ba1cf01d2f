"""Where messages go that fit no schema: kept for a person to look at, never tried again."""

from __future__ import annotations

import time
from typing import Final

import msgspec
import redis

from contracts.queues import KEY_PREFIX
from scheduler import metrics
from scheduler.logs import logger

KEY: Final = f"{KEY_PREFIX}parked"
KEPT = 1000
KEPT_S = 30 * 24 * 3600


class Parking:
    """A capped list in Redis."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def park(self, name: str, fields: dict[str, object], error: str) -> None:
        """Keep a message with the reason why nobody could read it."""
        metrics.MESSAGES_PARKED.inc()
        logger().error("message_parked", message=name, error=error)
        line = msgspec.json.encode(
            {"message": name, "fields": fields, "error": error, "at": time.time()},
            enc_hook=repr,
        )
        try:
            with self._client.pipeline() as pipe:
                pipe.lpush(KEY, line)
                pipe.ltrim(KEY, 0, KEPT - 1)
                pipe.expire(KEY, KEPT_S)
                pipe.execute()
        except redis.RedisError as reason:
            logger().error("message_not_parked", message=name, fields=fields, reason=str(reason))
