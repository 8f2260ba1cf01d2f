"""The Celery tasks of the upkeep worker: read the message, run the job."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import structlog
from celery import Celery

from contracts.messages import (
    ExpireSessions,
    Message,
    RefreshRanking,
    RefreshStatistics,
    Sweep,
    load,
)
from scheduler import expiry, ranking, statistics_store
from scheduler.jobs import Job, Jobs
from scheduler.parking import Parking


def jobs_by_message(sweep: Job) -> Mapping[type[Message], Job]:
    """Return the job of each message that the scheduler owns."""
    return {
        RefreshRanking: ranking.refresh,
        RefreshStatistics: statistics_store.refresh,
        ExpireSessions: expiry.expire,
        Sweep: sweep,
    }


def register(app: Celery, jobs: Jobs, sweep: Job, parking: Parking) -> None:
    """Give the app a handler for each message that the scheduler owns."""
    for kind, job in jobs_by_message(sweep).items():
        _handle(app, jobs, kind, job, parking)


def _handle(app: Celery, jobs: Jobs, kind: type[Message], job: Job, parking: Parking) -> None:
    @app.task(name=kind.NAME)  # type: ignore[untyped-decorator]  # Celery has no types
    def task(*args: object, **fields: object) -> None:
        try:
            message = load(kind, fields)
        except msgspec.ValidationError as error:
            parking.park(kind.NAME, fields, str(error))
            return
        if args:
            parking.park(kind.NAME, {"args": args, **fields}, "positional arguments")
            return
        with structlog.contextvars.bound_contextvars(trace_id=message.trace_id):
            jobs.run(kind.NAME, job)
