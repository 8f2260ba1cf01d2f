"""Runs one job at a time in one transaction, however many workers got the message."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Connection, Engine, text

from scheduler import metrics
from scheduler.logs import logger

LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext(:name))")

Job = Callable[[Connection], int]
"""Does its work and returns how much there was to do, for the log."""


class Jobs:
    """Runs jobs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def run(self, name: str, job: Job) -> str:
        """Run a job unless the same one is being run somewhere; say how it went."""
        started = time.monotonic()
        with self._engine.begin() as connection:
            # Two beats, or a slow job and the next tick: one of them is enough.
            if not connection.scalar(LOCK, {"name": f"codeplace {name}"}):
                return "runs_elsewhere"
            done = job(connection)
        seconds = time.monotonic() - started
        metrics.JOB_SECONDS.labels(name).observe(seconds)
        # A sweep that found nothing is not worth a line every two seconds.
        log = logger().info if done else logger().debug
        log("job_done", job=name, done=done, seconds=round(seconds, 3))
        return "done"
