"""Listens to the doorbells on Redis for all streams of this process."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
from redis import Redis
from redis.exceptions import RedisError

from api import metrics
from api.live.hub import Hub
from api.logs import logger
from contracts.live import CHANNEL, Doorbell

LOOK_EVERY_S: Final = 1.0
PING_EVERY_S: Final = 5.0
SILENT_FOR_S: Final = 12.0
"""Silence longer than two pings means a connection that is dead without having been closed."""
FIRST_WAIT_S: Final = 0.1
LONGEST_WAIT_S: Final = 5.0


class SilenceError(RedisError):
    """Redis does not answer our pings."""


class Subscriber:
    """One connection to Redis, made again with back-off whenever it is lost."""

    def __init__(self, redis_url: str, hub: Hub) -> None:
        self._url = redis_url
        self._hub = hub
        self._going_away: Callable[[], bool] = lambda: False
        self._stopped = threading.Event()
        self._listening = threading.Event()

    def start(self) -> None:
        """Listen in the background (a greenlet under gevent)."""
        threading.Thread(target=self._run, name="doorbells", daemon=True).start()

    def stop(self) -> None:
        """Stop listening and end all streams."""
        self._stopped.set()

    def end_when(self, going_away: Callable[[], bool]) -> None:
        """End all streams soon after `going_away()` becomes true."""
        self._going_away = going_away

    def missing(self) -> list[str]:
        """Return what keeps streams from working, for the health check."""
        return [] if self._listening.is_set() else ["redis"]

    def wait_until_listening(self, timeout_s: float) -> bool:
        """Wait for the connection; tell whether it is there."""
        return self._listening.wait(timeout_s)

    def _run(self) -> None:
        wait_s = FIRST_WAIT_S
        while not self._is_over():
            try:
                self._listen()
            except (RedisError, OSError) as error:
                if self._listening.is_set():
                    wait_s = FIRST_WAIT_S
                self._listening.clear()
                metrics.LIVE_RECONNECTS.inc()
                logger().warning("doorbells_lost", error=str(error))
                # Jitter keeps many processes from knocking in the same instant.
                self._stopped.wait(wait_s * random.uniform(0.5, 1.0))  # noqa: S311
                wait_s = min(LONGEST_WAIT_S, wait_s * 2)
        self._hub.close()

    def _is_over(self) -> bool:
        return self._stopped.is_set() or self._going_away()

    def _listen(self) -> None:
        """Listen until the connection is lost or this process goes away."""
        client = Redis.from_url(self._url, socket_connect_timeout=2, socket_timeout=5)
        pubsub: Any = client.pubsub()  # type: ignore[no-untyped-call]
        try:
            pubsub.subscribe(CHANNEL)
            heard_at = pinged_at = time.monotonic()
            while not self._is_over():
                message = pubsub.get_message(timeout=LOOK_EVERY_S)
                now = time.monotonic()
                if message is not None:
                    heard_at = now
                    self._hear(message)
                if now - heard_at > SILENT_FOR_S:
                    raise SilenceError("no answer to pings")
                if now - pinged_at > PING_EVERY_S:
                    pubsub.ping()
                    pinged_at = now
        finally:
            pubsub.close()
            client.close()

    def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "subscribe":
            self._listening.set()
            # What rang while we were away is lost, so everybody reads again.
            self._hub.ring_all()
        elif message["type"] == "message":
            try:
                doorbell = msgspec.json.decode(message["data"], type=Doorbell)
            except msgspec.MsgspecError as error:
                logger().warning("doorbell_unreadable", error=str(error))
                return
            self._hub.ring(doorbell)
