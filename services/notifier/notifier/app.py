"""Wires the notifier: the only place that knows both the use case and what it runs on."""

from __future__ import annotations

import redis
from celery import Celery
from celery.signals import setup_logging
from redis.backoff import NoBackoff
from redis.retry import Retry

from contracts.queues import CELERY_SETTINGS, Queue
from database.engine import make_engine
from notifier import tasks
from notifier.delivery import Deliveries, Policy
from notifier.parking import Parking
from notifier.rendering import Renderer
from notifier.settings import Settings
from notifier.smtp import SmtpTransport
from notifier.store import PostgresDeliveries

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
    app = Celery("notifier", broker=settings.redis_url, set_as_current=False)
    app.conf.update(CELERY_SETTINGS)
    return app


def make_notifier(settings: Settings) -> Celery:
    """Wire everything."""
    engine = make_engine(settings.database_url, pool_size=2, application="notifier")
    deliveries = Deliveries(
        store=PostgresDeliveries(engine),
        transport=SmtpTransport(settings.smtp),
        renderer=Renderer(settings.public_url, settings.mail_link_key),
        policy=Policy(),
    )
    app = make_celery(settings)
    tasks.register(app, deliveries, Parking(make_redis(settings)))
    return app


def run(settings: Settings) -> None:
    """Work until SIGTERM: a mail that is being sent is sent."""

    def keep_our_logging(**_: object) -> None:
        """Celery configures logging unless somebody listens here."""

    setup_logging.connect(keep_our_logging, weak=False)
    make_notifier(settings).worker_main(
        [
            "--quiet",
            "worker",
            # Threads: the notifier only waits for the mail server.
            "--pool=threads",
            f"--concurrency={settings.concurrency}",
            f"--queues={Queue.NOTIFY.value}",
            f"--hostname=notifier@{settings.name}",
            f"--loglevel={settings.log_level}",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    )
