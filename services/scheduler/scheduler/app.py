"""Wires the two roles: the only place that knows both the jobs and what they run on."""

from __future__ import annotations

import redis
from celery import Celery
from celery.signals import setup_logging
from redis.backoff import NoBackoff
from redis.retry import Retry

from contracts.queues import CELERY_SETTINGS, Queue
from database.engine import make_engine
from scheduler import beat, tasks
from scheduler.doorbells import RedisDoorbells
from scheduler.jobs import Jobs
from scheduler.parking import Parking
from scheduler.settings import Settings
from scheduler.sweep import Sweep

REDIS_TIMEOUT_S = 2.0


def make_redis(settings: Settings) -> redis.Redis:
    """Return a client that fails fast."""
    return redis.Redis.from_url(
        settings.redis_url,
        socket_timeout=REDIS_TIMEOUT_S,
        socket_connect_timeout=REDIS_TIMEOUT_S,
        # The client's default tries ten times, for seconds, while somebody waits.
        retry=Retry(NoBackoff(), 0),
    )


def make_celery(settings: Settings) -> Celery:
    """Return the Celery app, with no task yet."""
    app = Celery("scheduler", broker=settings.redis_url, set_as_current=False)
    app.conf.update(CELERY_SETTINGS)
    return app


def make_upkeep(settings: Settings) -> Celery:
    """Wire the upkeep worker."""
    engine = make_engine(settings.database_url, pool_size=2, application="upkeep")
    client = make_redis(settings)
    app = make_celery(settings)
    sweep = Sweep(RedisDoorbells(app, client))
    tasks.register(app, Jobs(engine), sweep, Parking(client))
    return app


def run_beat(settings: Settings) -> None:
    """Be a beat until SIGTERM."""
    beat.run(settings, make_celery(settings))


def run_upkeep(settings: Settings) -> None:
    """Work until SIGTERM."""

    def keep_our_logging(**_: object) -> None:
        """Celery configures logging unless somebody listens here."""

    setup_logging.connect(keep_our_logging, weak=False)
    make_upkeep(settings).worker_main(
        [
            "--quiet",
            "worker",
            # Threads: the work is done in PostgreSQL.
            "--pool=threads",
            f"--concurrency={settings.concurrency}",
            f"--queues={Queue.UPKEEP.value}",
            f"--hostname=upkeep@{settings.name}",
            f"--loglevel={settings.log_level}",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    )
