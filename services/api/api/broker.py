"""The way out to the queues: messages are doorbells, so sending one may fail without harm.

Call `send` after the commit. Nothing is raised: the sweep finds what was committed and not rung.
"""

from __future__ import annotations

import time
from typing import Protocol

import msgspec
from celery import Celery
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

from api import metrics
from api.logs import logger, trace_id
from contracts.messages import Message, dump
from contracts.queues import CELERY_SETTINGS

PAUSE_AFTER_FAILURE_S = 1.0
"""A broker that hangs costs each request two seconds; one try a second is enough to see it back."""


class Broker(Protocol):
    """Sends messages, which get the trace id of the request at hand."""

    def send(self, message: Message) -> None:
        """Ring a doorbell; never raises and never waits long."""
        ...


class CeleryBroker:
    """Sends to Redis as Celery tasks, by name."""

    def __init__(self, url: str) -> None:
        self._celery = Celery("api", broker=url, set_as_current=False)
        self._celery.conf.update(CELERY_SETTINGS)
        options = {**self._celery.conf.broker_transport_options, "socket_timeout": 2}
        self._celery.conf.update(
            broker_transport_options=options,
            broker_pool_limit=4,
        )
        self._ill_until = 0.0

    def send(self, message: Message) -> None:
        """Publish the message under its name."""
        if time.monotonic() < self._ill_until:
            metrics.MESSAGES_LOST.labels(message.NAME).inc()
            return
        try:
            self._celery.send_task(
                message.NAME, kwargs=dump(_traced(message)), queue=message.queue.value, retry=False
            )
        except (KombuError, OperationalError, RedisError, OSError) as error:
            self._ill_until = time.monotonic() + PAUSE_AFTER_FAILURE_S
            metrics.MESSAGES_LOST.labels(message.NAME).inc()
            logger().warning("message_not_sent", message=message.NAME, error=str(error))
        else:
            metrics.MESSAGES_SENT.labels(message.NAME).inc()


class FakeBroker:
    """Keeps what was sent. `ill` makes it lose everything, as a stopped Redis does."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.ill = False

    def send(self, message: Message) -> None:
        """Keep the message, after the round through its wire form."""
        dump(message)
        if not self.ill:
            self.sent.append(message)


def _traced(message: Message) -> Message:
    return message if message.trace_id else msgspec.structs.replace(message, trace_id=trace_id())
