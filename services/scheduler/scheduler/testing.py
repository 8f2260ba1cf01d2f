"""For tests only: a Redis of their own, and rows as the other services would have written them."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import redis

from contracts.queues import Lane
from database.engine import SessionFactory, transaction
from database.models import DataSet, Judgement, Problem, Submission, User

BELL = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Arrange:
    """Writes rows, boring and valid but for what the test says."""

    def __init__(self, sessions: SessionFactory) -> None:
        self.sessions = sessions
        self._number = 1000

    def user(self, name: str, roles: tuple[str, ...] = ()) -> UUID:
        """Make a user and return the id."""
        with transaction(self.sessions) as session:
            user = User(
                username=name,
                display_name=name,
                email=f"{name}@example.org",
                password_hash="-",  # noqa: S106
                roles=list(roles),
            )
            session.add(user)
        return user.id

    def problem(self, difficulty: str = "low", visibility: str = "public") -> UUID:
        """Make a problem and return its id."""
        self._number += 1
        with transaction(self.sessions) as session:
            problem = Problem(
                slug=f"problem-{self._number}",
                number=self._number,
                visibility=visibility,
                difficulty=difficulty,
                cpu_time_limit_ms=1000,
                memory_limit_kib=262_144,
            )
            session.add(problem)
            session.flush()
            session.add(DataSet(problem_id=problem.id, version=1, test_case_count=1))
        return problem.id

    def judgement(
        self,
        user: UUID,
        problem: UUID,
        verdict: str | None = None,
        *,
        minute: int = 0,
        lane: Lane = Lane.PRACTICE,
        is_jury: bool = False,
        valid: bool = True,
    ) -> UUID:
        """Judged with a verdict, or still waiting without one."""
        with transaction(self.sessions) as session:
            data_set = session.query(DataSet).filter_by(problem_id=problem).one()
            submission = Submission(
                user_id=user,
                problem_id=problem,
                language_id="cpp",
                source_bytes=1,
                is_jury=is_jury,
                submitted_at=BELL + timedelta(minutes=minute),
            )
            session.add(submission)
            session.flush()
            judgement = Judgement(
                submission_id=submission.id,
                data_set_id=data_set.id,
                lane=lane.value,
                state="finished" if verdict else "queued",
                verdict=verdict,
                valid=valid,
            )
            session.add(judgement)
        return judgement.id


@contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """Start a server, give its address, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - fixed argv
        [
            *("/usr/bin/env", "redis-server", "--port", str(port), "--bind", "127.0.0.1"),
            *("--save", "", "--dir", str(folder)),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


def _wait_for(port: int) -> None:
    with redis.Redis(port=port) as client:
        for _ in range(200):
            try:
                client.ping()
            except redis.ConnectionError:
                time.sleep(0.02)
            else:
                return
    raise RuntimeError("redis-server does not start.")
