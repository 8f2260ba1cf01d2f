"""For tests only: a Redis of their own, and rows as the api would have written them."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import redis

from contracts.queues import Lane
from database.base import new_id
from database.engine import SessionFactory, transaction
from database.models import (
    Blob,
    BlobChunk,
    DataSet,
    Judgement,
    PlaygroundRun,
    Problem,
    Submission,
    SubmissionFile,
    TestCase,
    User,
)

CHUNK = 1 << 20


@dataclass
class RedisServer:
    """A redis-server of one test run. `kill` and `start` for the tests of its absence."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start, with what was there before."""
        self.process = subprocess.Popen(  # noqa: S603 - fixed argv
            [
                *("/usr/bin/env", "redis-server", "--port", str(self.port)),
                *("--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""),
                *("--appendonly", "yes", "--appendfsync", "everysec"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        client = redis.Redis.from_url(self.url)
        for _ in range(200):
            try:
                client.ping()
            except redis.RedisError:
                time.sleep(0.02)
            else:
                client.close()
                return
        msg = "redis-server does not start."
        raise RuntimeError(msg)

    def kill(self) -> None:
        """SIGKILL."""
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@contextmanager
def running_redis(folder: Path) -> Iterator[RedisServer]:
    """Start a server and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = RedisServer(folder, port)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Arrange:
    """Writes rows as the api does: boring and valid, but for what the test says."""

    def __init__(self, sessions: SessionFactory) -> None:
        self.sessions = sessions
        self._users: dict[str, UUID] = {}
        self._number = 1000

    def user(self, name: str = "ada") -> UUID:
        """Return a user's id, made when new."""
        if name not in self._users:
            user = User(
                username=name,
                display_name=name,
                email=f"{name}@example.org",
                password_hash="-",  # noqa: S106
            )
            with transaction(self.sessions) as session:
                session.add(user)
                session.flush()
                self._users[name] = user.id
        return self._users[name]

    def blob(self, content: bytes) -> str:
        """Store a file and return its hash."""
        sha256 = hashlib.sha256(content).hexdigest()
        with transaction(self.sessions) as session:
            if session.get(Blob, sha256) is None:
                session.add(Blob(sha256=sha256, size=len(content)))
                session.flush()
                for ordinal, start in enumerate(range(0, len(content), CHUNK)):
                    piece = content[start : start + CHUNK]
                    session.add(BlobChunk(sha256=sha256, ordinal=ordinal, content=piece))
        return sha256

    def problem(self, cases: int = 3, samples: int = 1, *, size: int = 0) -> tuple[UUID, UUID]:
        """Make a problem with a data set; return the ids of both."""
        self._number += 1
        with transaction(self.sessions) as session:
            problem = Problem(
                slug=f"problem-{self._number}",
                number=self._number,
                visibility="public",
                cpu_time_limit_ms=1000,
                memory_limit_kib=262_144,
            )
            session.add(problem)
            session.flush()
            data_set = DataSet(problem_id=problem.id, version=1, test_case_count=cases)
            session.add(data_set)
            session.flush()
            problem.data_set_id = data_set.id
        hashes = [
            (self.blob(b"%d\n" % n + b"." * size), self.blob(b"answer %d\n" % n))
            for n in range(1, cases + 1)
        ]
        with transaction(self.sessions) as session:
            session.add_all(
                TestCase(
                    data_set_id=data_set.id,
                    ordinal=n,
                    name=f"case/{n}",
                    group_name="sample" if n <= samples else "secret",
                    is_sample=n <= samples,
                    input_sha256=input_sha256,
                    answer_sha256=answer_sha256,
                )
                for n, (input_sha256, answer_sha256) in enumerate(hashes, start=1)
            )
        return problem.id, data_set.id

    def submission(
        self,
        problem: tuple[UUID, UUID],
        source: bytes = b"fake: AC",
        *,
        user: str = "ada",
        lane: Lane = Lane.PRACTICE,
        language: str = "cpp",
    ) -> Judgement:
        """Send a program and return its first judgement."""
        user_id = self.user(user)
        with transaction(self.sessions) as session:
            submission = Submission(
                user_id=user_id,
                problem_id=problem[0],
                language_id=language,
                source_bytes=len(source),
            )
            session.add(submission)
            session.flush()
            session.add(
                SubmissionFile(
                    submission_id=submission.id, ordinal=0, name="main.cpp", content=source
                )
            )
            judgement = Judgement(
                id=new_id(),
                submission_id=submission.id,
                data_set_id=problem[1],
                lane=lane.value,
                valid=True,
            )
            session.add(judgement)
        return judgement

    def playground_run(
        self,
        source: bytes = b"fake: AC",
        *,
        problem: UUID | None = None,
        stdin: bytes | None = None,
    ) -> UUID:
        """Ask for a playground run and return its id."""
        run = PlaygroundRun(
            user_id=self.user(), problem_id=problem, language_id="cpp", source=source, stdin=stdin
        )
        with transaction(self.sessions) as session:
            session.add(run)
        return run.id

    def judgement(self, judgement_id: UUID) -> Judgement:
        """Read a judgement as it is now."""
        with transaction(self.sessions) as session:
            found = session.get_one(Judgement, judgement_id)
            session.expunge(found)
            return found

    def judgements(self, ids: Sequence[UUID]) -> list[Judgement]:
        """Read some judgements as they are now."""
        return [self.judgement(judgement_id) for judgement_id in ids]
