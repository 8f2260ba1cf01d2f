"""The queues in Redis, as the sweep needs them."""

from __future__ import annotations

import redis
from celery import Celery

from contracts.messages import Message, dump
from contracts.queues import KEY_PREFIX, Queue


class RedisDoorbells:
    """Counts, sends and remembers. Errors pass through: the next sweep tries again."""

    def __init__(self, app: Celery, client: redis.Redis) -> None:
        self._app = app
        self._client = client

    def hanging(self, queue: Queue) -> int:
        return self._client.llen(f"{KEY_PREFIX}{queue.value}")

    def ring(self, message: Message) -> None:
        self._app.send_task(
            message.NAME, kwargs=dump(message), queue=message.queue.value, retry=False
        )

    def first_time(self, key: str, seconds: int) -> bool:
        return bool(self._client.set(f"{KEY_PREFIX}{key}", 1, nx=True, ex=seconds))
