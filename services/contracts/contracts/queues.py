"""Names of the queues and the Celery settings that every service on the broker must share."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Lane(StrEnum):
    """Why something is judged; decides the queue it waits in. Listed from urgent to patient."""

    CONTEST = "contest"
    PRACTICE = "practice"
    PLAYGROUND = "playground"
    JURY = "jury"
    REJUDGE = "rejudge"


class Queue(StrEnum):
    """Every queue there is. Each must be read by some worker (held by an architecture test)."""

    GRADING_CONTEST = "grading.contest"
    GRADING_PRACTICE = "grading.practice"
    GRADING_PLAYGROUND = "grading.playground"
    GRADING_JURY = "grading.jury"
    GRADING_REJUDGE = "grading.rejudge"
    GRADING_CONTROL = "grading.control"
    """Small periodic work of graders, such as asking the judges for their languages."""
    NOTIFY = "notify"
    UPKEEP = "upkeep"


LANE_QUEUES: Final[dict[Lane, Queue]] = {lane: Queue(f"grading.{lane.value}") for lane in Lane}

KEY_PREFIX: Final = "codeplace:"
"""Every key of ours in Redis starts with this."""

VISIBILITY_TIMEOUT_S: Final = 120
"""How long a message may be unacknowledged before Redis gives it to another worker, in seconds.

Shared because kombu uses the *shortest* timeout of all the applications on one database. Nothing
rests on it: judgings are found again by their lease, and ours are acknowledged early.
"""

CELERY_SETTINGS: Final[dict[str, object]] = {
    # State lives in PostgreSQL; a result backend would cost a fifth of a worker for nothing.
    "task_ignore_result": True,
    "task_store_errors_even_if_ignored": False,
    # A message is a doorbell: losing one is found by the sweep, and late acknowledgement only
    # adds doubles (measured: it still loses messages between BRPOP and the write to `unacked`).
    "task_acks_late": False,
    # Fetch only when a thread is free, so that no message waits in the memory of a busy worker.
    "worker_disable_prefetch": True,
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "worker_enable_remote_control": False,
    "worker_send_task_events": False,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_default_queue": Queue.UPKEEP.value,
    "task_create_missing_queues": False,
    # Each queue with an exchange of its own: kombu would bind all of them to the default one.
    "task_queues": {
        queue.value: {
            "exchange": queue.value,
            "exchange_type": "direct",
            "routing_key": queue.value,
        }
        for queue in Queue
    },
    "enable_utc": True,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_channel_error_retry": True,
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY_TIMEOUT_S,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
        "global_keyprefix": KEY_PREFIX,
        "socket_keepalive": True,
        # A publisher on the way of a request must fail fast when the broker is ill: the sweep
        # rings again. Consumers use blocking pops, which kombu gives a timeout of their own.
        "socket_connect_timeout": 2,
        "retry_on_timeout": False,
        # Else kombu tries to connect for 6 s before a publisher learns that the broker is away
        # (measured); workers connect again by `broker_connection_max_retries`, without end.
        "max_retries": 0,
    },
}
"""Given to `Celery.conf.update` by every application; only limits and includes are per service."""
