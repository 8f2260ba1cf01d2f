"""Rings doorbells on Redis pub/sub. `progress` sees to it that they are few."""

from __future__ import annotations

import threading
import time
from uuid import UUID

import msgspec
import redis

from contracts.live import CHANNEL, Doorbell, Subject, topic
from grader import metrics

PAUSE_AFTER_FAILURE_S = 1.0
"""A Redis that hangs shall not hold up a judging at each doorbell."""


class RedisAnnouncer:
    """Publishes doorbells, and forgets them when Redis is ill."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._version = 0
        self._ill_until = 0.0

    def submission(self, submission_id: UUID) -> None:
        """Say that a submission changed."""
        self._ring(topic(Subject.SUBMISSION, str(submission_id)))

    def playground_run(self, run_id: UUID) -> None:
        """Say that a playground run changed."""
        self._ring(topic(Subject.PLAYGROUND_RUN, str(run_id)))

    def _ring(self, name: str) -> None:
        if time.monotonic() < self._ill_until:
            metrics.DOORBELLS_LOST.inc()
            return
        doorbell = Doorbell(topic=name, version=self._next_version())
        try:
            self._client.publish(CHANNEL, msgspec.json.encode(doorbell))
        except redis.RedisError:
            self._ill_until = time.monotonic() + PAUSE_AFTER_FAILURE_S
            metrics.DOORBELLS_LOST.inc()

    def _next_version(self) -> int:
        # The clock makes versions grow across graders and restarts, the maximum within one.
        with self._lock:
            self._version = max(self._version + 1, time.time_ns() // 1_000_000)
            return self._version
