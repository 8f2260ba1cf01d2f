"""The real worker process on a real PostgreSQL and Redis, with a judge that runs nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
import redis
from sqlalchemy import text

from contracts.live import CHANNEL
from contracts.messages import GradeJudgement, Message, RunPlayground, dump
from database.engine import transaction
from database.models import Judgement, Language, PlaygroundCase, PlaygroundRun, Run
from database.testing import TestDatabase
from grader.app import make_celery
from grader.fakes import SECRET, FakeJudge
from grader.settings import Settings
from grader.testing import Arrange, RedisServer

pytestmark = [pytest.mark.database, pytest.mark.redis]

LEASE_S = 5


class Stage:
    """Everything that the tests below play on."""

    def __init__(
        self, database: TestDatabase, server: RedisServer, judge: FakeJudge, logs: Path
    ) -> None:
        self.judge = judge
        self.redis = redis.Redis.from_url(server.url)
        self.redis.flushall()
        self._logs = logs
        self.environment = {
            "DATABASE_URL": database.url("grader"),
            "REDIS_URL": server.url,
            "JUDGE_URLS": judge.url,
            "JUDGE_SECRET": SECRET,
            "LEASE_SECONDS": str(LEASE_S),
            "SHUTDOWN_SECONDS": "1",
            "METRICS_PORT": "0",
        }
        self._celery = make_celery(Settings.from_environment(self.environment))

    def send(self, message: Message) -> None:
        """Ring the doorbell as the api does."""
        self._celery.send_task(message.NAME, kwargs=dump(message), queue=message.queue.value)

    def send_raw(self, name: str, fields: dict[str, object], queue: str) -> None:
        self._celery.send_task(name, kwargs=fields, queue=queue)

    @contextmanager
    def grader(self, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start a grader process; killed at the end if it still lives."""
        number = len(list(self._logs.iterdir()))
        with (self._logs / f"grader-{number}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "grader"],
                env={**os.environ, **self.environment, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()
                process.wait()

    def close(self) -> None:
        self._celery.close()
        self.redis.close()


@pytest.fixture
def stage(
    database: TestDatabase, redis_server: RedisServer, fake_judge: FakeJudge, tmp_path: Path
) -> Iterator[Stage]:
    stage = Stage(database, redis_server, fake_judge, tmp_path)
    yield stage
    stage.close()


def eventually(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "did not happen in time"
        time.sleep(0.02)


def is_finished(arrange: Arrange, judgement: Judgement) -> bool:
    return arrange.judgement(judgement.id).state == "finished"


def grade(judgement: Judgement) -> GradeJudgement:
    return GradeJudgement(judgement_id=str(judgement.id), trace_id="trace-1")


def test_a_submission_gets_its_verdict_and_doorbells(stage: Stage, arrange: Arrange) -> None:
    listener = stage.redis.pubsub()
    listener.subscribe(CHANNEL)
    judgement = arrange.submission(arrange.problem(cases=3), b"fake: WA@2")
    stage.send(grade(judgement))
    with stage.grader():
        eventually(lambda: is_finished(arrange, judgement))
    found = arrange.judgement(judgement.id)
    assert (found.verdict, found.claim, found.failures) == ("WA", 1, 0)
    assert found.lease_until is None
    with transaction(arrange.sessions) as session:
        runs = session.query(Run).order_by(Run.ordinal).all()
        assert [run.verdict for run in runs] == ["AC", "WA", "SK"]
        assert {row.id for row in session.query(Language)} == {"cpp", "python3"}
    assert stage.judge.trace_ids == ["trace-1"]
    heard = []
    while (item := listener.get_message(timeout=0.2)) is not None:
        heard.append(item)
    listener.close()
    topics = [item["data"] for item in heard if item["type"] == "message"]
    assert topics
    assert all(str(found.submission_id).encode() in topic for topic in topics)


def test_doubled_messages_judge_once(stage: Stage, arrange: Arrange) -> None:
    problem = arrange.problem()
    judgements = [arrange.submission(problem, b"fake: each=0.05") for _ in range(5)]
    for judgement in judgements * 3:
        stage.send(grade(judgement))
    with stage.grader(), stage.grader():
        eventually(lambda: all(is_finished(arrange, one) for one in judgements))
        eventually(lambda: stage.redis.llen("codeplace:grading.practice") == 0)
        time.sleep(0.3)
    assert sorted(stage.judge.judged) == sorted(str(one.id) for one in judgements)


def test_a_killed_graders_judgement_is_finished_exactly_once_by_another(
    stage: Stage, arrange: Arrange
) -> None:
    judgement = arrange.submission(arrange.problem(cases=20), b"fake: TLE@20 each=0.2")
    stage.send(grade(judgement))
    with stage.grader() as first:
        eventually(lambda: arrange.judgement(judgement.id).state == "running")
        first.send_signal(signal.SIGKILL)
        first.wait()
    eventually(lambda: stage.judge.aborted == 1)
    time.sleep(LEASE_S)
    stage.send(grade(judgement))  # as the sweep does
    with stage.grader():
        eventually(lambda: is_finished(arrange, judgement))
    found = arrange.judgement(judgement.id)
    assert (found.verdict, found.claim, found.failures) == ("TLE", 2, 1)
    with transaction(arrange.sessions) as session:
        assert session.query(Run).count() == 20


def test_a_frozen_grader_that_wakes_up_writes_nothing(stage: Stage, arrange: Arrange) -> None:
    judgement = arrange.submission(arrange.problem(cases=10), b"fake: each=0.2")
    stage.send(grade(judgement))
    with stage.grader() as first:
        eventually(lambda: arrange.judgement(judgement.id).state == "running")
        first.send_signal(signal.SIGSTOP)
        time.sleep(LEASE_S + 0.2)
        stage.send(grade(judgement))
        with stage.grader():
            eventually(lambda: arrange.judgement(judgement.id).claim == 2)
            first.send_signal(signal.SIGCONT)
            eventually(lambda: is_finished(arrange, judgement))
    found = arrange.judgement(judgement.id)
    assert (found.verdict, found.claim) == ("AC", 2)
    with transaction(arrange.sessions) as session:
        assert session.query(Run).count() == 10


def test_sigterm_hands_back_what_is_in_work_and_rings_again(stage: Stage, arrange: Arrange) -> None:
    judgement = arrange.submission(arrange.problem(cases=100), b"fake: each=0.2")
    stage.send(grade(judgement))
    with stage.grader() as first:
        eventually(lambda: arrange.judgement(judgement.id).state == "running")
        started = time.monotonic()
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=10) == 0
        assert time.monotonic() - started < 12
    found = arrange.judgement(judgement.id)
    assert (found.state, found.lease_until, found.failures) == ("queued", None, 0)
    assert stage.redis.llen("codeplace:grading.practice") == 1
    with transaction(arrange.sessions) as session:
        assert session.query(Run).count() == 0


def test_the_judge_goes_and_comes_back(stage: Stage, arrange: Arrange) -> None:
    problem = arrange.problem(cases=20)
    judgement = arrange.submission(problem, b"fake: each=0.3")
    waiting = arrange.submission(problem)
    stage.send(grade(judgement))
    with stage.grader(CONCURRENCY="1"):
        eventually(lambda: arrange.judgement(judgement.id).state == "running")
        stage.judge.stop()
        eventually(lambda: arrange.judgement(judgement.id).failures == 1)
        stage.send(grade(waiting))
        time.sleep(0.5)
        assert arrange.judgement(waiting.id).claim == 0
        stage.judge.start()
        # A message is for the lane: as the sweep does, ring once for each that waits, since the
        # first ring may serve the other one.
        stage.send(grade(waiting))
        eventually(lambda: is_finished(arrange, waiting))
        with transaction(arrange.sessions) as session:
            session.execute(text("UPDATE judgements SET not_before = now()"))
        stage.send(grade(judgement))
        eventually(lambda: is_finished(arrange, judgement))
    assert arrange.judgement(waiting.id).failures == 0
    assert arrange.judgement(judgement.id).verdict == "AC"


def test_a_busy_judge_costs_nobody_a_failure(stage: Stage, arrange: Arrange) -> None:
    stage.judge.slots = 1
    problem = arrange.problem(cases=2)
    judgements = [arrange.submission(problem, b"fake: each=0.05") for _ in range(12)]
    for judgement in judgements:
        stage.send(grade(judgement))
    with stage.grader(), stage.grader():
        eventually(lambda: all(is_finished(arrange, one) for one in judgements))
    found = arrange.judgements([one.id for one in judgements])
    assert {(one.verdict, one.failures) for one in found} == {("AC", 0)}
    assert len(stage.judge.judged) == 12


def test_a_message_that_fits_no_schema_is_parked(stage: Stage, arrange: Arrange) -> None:
    stage.send_raw(GradeJudgement.NAME, {"judgement": 5}, "grading.practice")
    stage.send_raw(RunPlayground.NAME, {"playground_run_id": "no id"}, "grading.playground")
    with stage.grader():
        eventually(lambda: stage.redis.llen("codeplace:parked") == 2)
        eventually(lambda: stage.redis.llen("codeplace:grading.practice") == 0)
    assert stage.redis.ttl("codeplace:parked") > 0


def test_a_playground_run_on_own_input_shows_what_was_printed(
    stage: Stage, arrange: Arrange
) -> None:
    run_id = arrange.playground_run(stdin=b"1 2\n")
    stage.send(RunPlayground(playground_run_id=str(run_id)))

    def is_done() -> bool:
        with transaction(arrange.sessions) as session:
            return session.get_one(PlaygroundRun, run_id).state == "finished"

    with stage.grader():
        eventually(is_done)
    with transaction(arrange.sessions) as session:
        run = session.get_one(PlaygroundRun, run_id)
        case = session.get_one(PlaygroundCase, (run_id, 1))
        assert (run.verdict, case.verdict, case.stdout) == (None, None, b"fake\n")


def test_redis_may_be_killed_while_judgings_go_on(
    stage: Stage, arrange: Arrange, redis_server: RedisServer
) -> None:
    judgement = arrange.submission(arrange.problem(cases=10), b"fake: each=0.1")
    stage.send(grade(judgement))
    with stage.grader():
        eventually(lambda: arrange.judgement(judgement.id).state == "running")
        redis_server.kill()
        try:
            eventually(lambda: is_finished(arrange, judgement))
        finally:
            redis_server.start()
        later = arrange.submission(arrange.problem())
        stage.send(grade(later))
        eventually(lambda: is_finished(arrange, later))
    assert arrange.judgement(judgement.id).verdict == "AC"


def test_work_left_in_other_hands_is_not_touched(stage: Stage, arrange: Arrange) -> None:
    judgement = arrange.submission(arrange.problem())
    with transaction(arrange.sessions) as session:
        session.execute(
            text(
                "UPDATE judgements SET claim = 7, state = 'running',"
                " lease_until = now() + interval '1 hour'"
            )
        )
    stage.send(grade(judgement))
    with stage.grader():
        eventually(lambda: stage.redis.llen("codeplace:grading.practice") == 0)
        time.sleep(0.5)
    assert arrange.judgement(UUID(str(judgement.id))).claim == 7
    assert stage.judge.judged == []
