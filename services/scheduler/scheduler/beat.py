"""`python -m scheduler beat`: sends what the timetable says, while it leads."""

from __future__ import annotations

import signal
import time
from typing import Any, NoReturn

from celery import Celery
from celery.beat import Scheduler, Service

from scheduler import metrics
from scheduler.leader import Leadership, LeadershipLostError
from scheduler.logs import logger
from scheduler.settings import Settings
from scheduler.timetable import beat_schedule

LOOK_S = 0.25
"""How often a beat that does not lead looks whether it may."""
LONGEST_SLEEP_S = 1.0
"""How long a leader may sleep before it looks whether it still leads."""


def run(settings: Settings, app: Celery) -> NoReturn:
    """Lead whenever it can, until SIGTERM."""

    def leave(*_: object) -> NoReturn:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    app.conf.beat_schedule = beat_schedule()
    while True:
        with Leadership(settings.database_url) as leadership:
            _wait_for(leadership)
            _lead(app, leadership)


def _wait_for(leadership: Leadership) -> None:
    logger().info("beat_waits")
    while not leadership.acquire():
        time.sleep(LOOK_S)


def _lead(app: Celery, leadership: Leadership) -> None:
    logger().info("beat_leads")
    metrics.LEADING.set(1)
    # A new service each time: what it remembers of the last runs belongs to this leadership.
    led = type("Led", (LeadingScheduler,), {"leadership": leadership})
    try:
        Service(app, max_interval=LONGEST_SLEEP_S, scheduler_cls=led).start()
    except LeadershipLostError as error:
        logger().warning("beat_lost_its_lead", reason=str(error))
    else:
        # Celery's service ends silently on SIGTERM.
        raise SystemExit(0)
    finally:
        metrics.LEADING.set(0)


class LeadingScheduler(Scheduler):  # type: ignore[misc]  # Celery has no types
    """Celery's scheduler, kept in memory, that sends nothing unless it leads."""

    leadership: Leadership

    def tick(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the base class
        """Send what is due."""
        self.leadership.check()
        return super().tick(*args, **kwargs)

    def apply_async(self, entry: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - likewise
        """Send one message; reaching the broker may have taken long."""
        self.leadership.check()
        metrics.TICKS.labels(entry.task).inc()
        return super().apply_async(entry, *args, **kwargs)
