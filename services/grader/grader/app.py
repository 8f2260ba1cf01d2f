"""Wires the grader: the only place that knows both the use cases and what they run on."""

from __future__ import annotations

from dataclasses import dataclass

import redis
from celery import Celery
from celery.signals import setup_logging, worker_shutting_down
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import Engine

from contracts.queues import CELERY_SETTINGS
from database.engine import make_engine
from grader import tasks
from grader.announcer import RedisAnnouncer
from grader.blobs import PostgresBlobs
from grader.clock import SystemClock
from grader.draining import Draining
from grader.grading import Grading, Policy
from grader.judge_client import HttpJudges
from grader.judges import JudgeDirectory
from grader.language_store import PostgresLanguages
from grader.languages import RefreshLanguages
from grader.parking import Parking
from grader.playground import Playground
from grader.playground_store import PostgresPlayground
from grader.settings import Settings
from grader.store import PostgresJudgements
from grader.watch import JudgeWatch
from grader.wire import Wire

REDIS_TIMEOUT_S = 1.0


@dataclass(frozen=True)
class Grader:
    """A grader ready to work."""

    celery: Celery
    watch: JudgeWatch
    draining: Draining
    engine: Engine


def make_celery(settings: Settings) -> Celery:
    """Return the Celery app, with no task yet."""
    app = Celery("grader", broker=settings.redis_url, set_as_current=False)
    app.conf.update(CELERY_SETTINGS)
    return app


def make_redis(settings: Settings) -> redis.Redis:
    """Return a client that fails fast: Redis carries nothing that may not be lost."""
    return redis.Redis.from_url(
        settings.redis_url,
        socket_timeout=REDIS_TIMEOUT_S,
        socket_connect_timeout=REDIS_TIMEOUT_S,
        # The client's default tries ten times, for seconds, while somebody waits.
        retry=Retry(NoBackoff(), 0),
    )


def make_grader(settings: Settings) -> Grader:
    """Wire everything."""
    clock = SystemClock()
    draining = Draining(clock, settings.shutdown_seconds)
    # A thread holds a connection only inside a transaction, so half as many are plenty.
    engine = make_engine(
        settings.database_url,
        pool_size=max(2, (settings.concurrency + 1) // 2),
        application="grader",
    )
    client = make_redis(settings)
    directory = JudgeDirectory(clock)
    # Each conversation holds a connection, and uploads may need a second one.
    wire = Wire(settings.judge_secret, connections=2 * settings.concurrency + 2)
    judges = HttpJudges(directory, wire, PostgresBlobs(engine), clock=clock, draining=draining)
    announcer = RedisAnnouncer(client)
    policy = Policy(lease_s=settings.lease_seconds, max_failures=settings.max_failures)
    refresh = RefreshLanguages(directory, PostgresLanguages(engine))
    celery = make_celery(settings)
    tasks.register(
        celery,
        tasks.UseCases(
            grading=Grading(
                store=PostgresJudgements(
                    engine, grader=settings.name, lease_s=settings.lease_seconds
                ),
                judges=judges,
                announcer=announcer,
                clock=clock,
                draining=draining,
                policy=policy,
            ),
            playground=Playground(
                store=PostgresPlayground(engine, lease_s=settings.lease_seconds),
                judges=judges,
                announcer=announcer,
                clock=clock,
                draining=draining,
                policy=policy,
            ),
            refresh_languages=refresh,
            parking=Parking(client),
        ),
    )
    watch = JudgeWatch(settings.judge_urls, directory, wire, refresh)
    return Grader(celery=celery, watch=watch, draining=draining, engine=engine)


def run(settings: Settings) -> None:
    """Work until SIGTERM."""
    grader = make_grader(settings)

    def keep_our_logging(**_: object) -> None:
        """Celery configures logging unless somebody listens here."""

    def drain(**_: object) -> None:
        grader.draining.begin()

    setup_logging.connect(keep_our_logging, weak=False)
    worker_shutting_down.connect(drain, weak=False)
    grader.watch.start()
    grader.celery.worker_main(
        [
            "--quiet",
            "worker",
            # Threads: the grader only waits for the judge and the database, and a prefork pool
            # may hang in its shutdown (measured).
            "--pool=threads",
            f"--concurrency={settings.concurrency}",
            f"--queues={','.join(queue.value for queue in settings.queues)}",
            f"--hostname=grader@{settings.name}",
            f"--loglevel={settings.log_level}",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
    )
