"""Fixtures of the grader's tests: a database, a Redis, rows, noise, a fake judge."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from contracts.judging import Blob, JudgingCase, SourceFile
from database.engine import SessionFactory, make_engine, make_session_factory
from database.testing import Cluster, TestDatabase, running_cluster
from grader.fakes import FakeClock, FakeJudge
from grader.testing import Arrange, RedisServer, running_redis
from grader.work import Material


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def database(cluster: Cluster) -> TestDatabase:
    return cluster.fresh()


@pytest.fixture
def engine(database: TestDatabase) -> Iterator[Engine]:
    """The database with the grader's rights and no more."""
    engine = make_engine(database.url("grader"), pool_size=4, application="tests")
    yield engine
    engine.dispose()


@pytest.fixture
def admin(database: TestDatabase) -> Iterator[SessionFactory]:
    engine = make_engine(database.admin_url, pool_size=2, application="arrange")
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def arrange(admin: SessionFactory) -> Arrange:
    return Arrange(admin)


@pytest.fixture
def noise(arrange: Arrange) -> None:
    """Unrelated rows, so that a query without its WHERE fails."""
    problem = arrange.problem(cases=2)
    arrange.submission(problem, user="noise")
    arrange.playground_run(stdin=b"noise")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake_judge() -> Iterator[FakeJudge]:
    with FakeJudge() as judge:
        yield judge


@pytest.fixture
def material() -> Material:
    """Three boring test cases."""
    return Material(
        language_id="cpp",
        entry_point=None,
        files=[SourceFile(name="main.cpp", content=b"int main() {}")],
        cpu_time_limit_ms=1000,
        memory_limit_kib=262_144,
        output_limit_kib=65_536,
        checker={},
        stop_at_failure=True,
        cases=[
            JudgingCase(
                ordinal=n,
                input=Blob(sha256=f"{n:064x}", size=1),
                answer=Blob(sha256=f"{n + 100:064x}", size=1),
            )
            for n in (1, 2, 3)
        ],
    )
