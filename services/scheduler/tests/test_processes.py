"""Both roles as real processes on a real PostgreSQL and Redis."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import redis
from sqlalchemy import text

from contracts.queues import KEY_PREFIX, Queue
from database.engine import SessionFactory, transaction
from database.models import RankingRow
from database.testing import TestDatabase
from scheduler.leader import Leadership, LeadershipLostError
from scheduler.settings import Settings, SettingsError
from scheduler.testing import Arrange
from scheduler.timetable import TIMETABLE

pytestmark = [pytest.mark.database, pytest.mark.redis]


@pytest.fixture
def environment(database: TestDatabase, redis_url: str) -> dict[str, str]:
    redis.Redis.from_url(redis_url).flushall()
    return {
        "DATABASE_URL": database.url("scheduler"),
        "REDIS_URL": redis_url,
        "METRICS_PORT": "0",
        "LOG_FORMAT": "text",
    }


@contextmanager
def process(role: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(  # noqa: S603 - this interpreter
        [sys.executable, "-m", "scheduler", role],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.kill()
        started.communicate()


def eventually(condition: Callable[[], object], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "did not happen in time"
        time.sleep(0.02)


def leaders(admin: SessionFactory) -> list[int]:
    with transaction(admin) as session:
        return list(
            session.scalars(
                text(
                    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
                    " AND database = (SELECT oid FROM pg_database"
                    "                 WHERE datname = current_database())"
                )
            )
        )


def queued(url: str) -> int:
    with redis.Redis.from_url(url) as client:
        return client.llen(f"{KEY_PREFIX}upkeep")


def test_the_tick_becomes_a_ranking(
    environment: dict[str, str], admin: SessionFactory, arrange: Arrange
) -> None:
    ada = arrange.user("ada")
    arrange.judgement(ada, arrange.problem("low"), "AC")
    with process("upkeep", environment), process("beat", environment):

        def is_ranked() -> bool:
            with transaction(admin) as session:
                return session.query(RankingRow).count() == 1

        eventually(is_ranked)


def test_a_second_beat_waits_and_takes_over_at_once(
    environment: dict[str, str], admin: SessionFactory
) -> None:
    url = environment["REDIS_URL"]
    with process("beat", environment) as first:
        eventually(lambda: leaders(admin))
        with process("beat", environment):
            eventually(lambda: queued(url) >= 3)
            first.send_signal(signal.SIGKILL)
            first.wait()
            died, before = time.monotonic(), queued(url)
            eventually(lambda: leaders(admin))
            assert time.monotonic() - died < 5.0
            eventually(lambda: queued(url) > before)


def test_two_beats_send_as_much_as_one(environment: dict[str, str], admin: SessionFactory) -> None:
    url = environment["REDIS_URL"]
    with process("beat", environment), process("beat", environment):
        # A new leader does each job at once; from then on there is a sweep every two seconds.
        at_once = sum(entry.message.queue == Queue.UPKEEP for entry in TIMETABLE)
        eventually(lambda: queued(url) == at_once)
        started = time.monotonic()
        eventually(lambda: queued(url) == at_once + 3)
        assert time.monotonic() - started > 5.0


def test_a_beat_whose_session_ends_stops_ticking_and_leads_anew(
    environment: dict[str, str], admin: SessionFactory
) -> None:
    url = environment["REDIS_URL"]
    with process("beat", environment) as beat:
        eventually(lambda: queued(url) >= 1)
        (session_pid,) = leaders(admin)
        with transaction(admin) as session:
            session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": session_pid})
        eventually(lambda: leaders(admin) not in ([], [session_pid]))
        assert beat.poll() is None


def test_sigterm_ends_both_roles_quietly(
    environment: dict[str, str], admin: SessionFactory
) -> None:
    url = environment["REDIS_URL"]
    # Each is at work once the beat has filled the queue, and the worker emptied it.
    at_work: dict[str, Callable[[], object]] = {
        "beat": lambda: queued(url) >= 1,
        "upkeep": lambda: queued(url) == 0,
    }
    for role, is_at_work in at_work.items():
        with process(role, environment) as started:
            eventually(is_at_work)
            started.send_signal(signal.SIGTERM)
            assert started.wait(timeout=30) == 0


def test_only_one_session_leads(database: TestDatabase) -> None:
    url = database.url("scheduler")
    with Leadership(url) as first, Leadership(url) as second:
        assert first.acquire()
        assert not second.acquire()
        first.check()
        with pytest.raises(LeadershipLostError):
            Leadership(url).check()
    with Leadership(url) as third:
        assert third.acquire()


def test_everything_wrong_with_the_settings_is_said_at_once() -> None:
    with pytest.raises(SettingsError, match=r"DATABASE_URL.*REDIS_URL.*CONCURRENCY"):
        Settings.from_environment({"CONCURRENCY": "many"})
