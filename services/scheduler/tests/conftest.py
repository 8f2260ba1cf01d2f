"""Fixtures of the scheduler's tests: a database, a Redis, and rows as the others write them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from database.engine import SessionFactory, make_engine, make_session_factory
from database.testing import Cluster, TestDatabase, running_cluster
from scheduler.testing import Arrange, running_redis


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def database(cluster: Cluster) -> TestDatabase:
    return cluster.fresh()


@pytest.fixture
def engine(database: TestDatabase) -> Iterator[Engine]:
    """The database with the scheduler's rights and no more."""
    engine = make_engine(database.url("scheduler"), pool_size=2, application="tests")
    yield engine
    engine.dispose()


@pytest.fixture
def admin(database: TestDatabase) -> Iterator[SessionFactory]:
    engine = make_engine(database.admin_url, pool_size=1, application="arrange")
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def arrange(admin: SessionFactory) -> Arrange:
    return Arrange(admin)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url
