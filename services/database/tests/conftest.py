"""A PostgreSQL for the tests of the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg2
import pytest
from sqlalchemy import Engine

from database.engine import make_engine
from database.testing import Cluster, TestDatabase, running_cluster

Ask = Callable[[str], list[tuple[str, ...]]]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def fresh(cluster: Cluster) -> TestDatabase:
    return cluster.fresh()


@pytest.fixture
def admin(fresh: TestDatabase) -> Iterator[Engine]:
    engine = make_engine(fresh.admin_url, pool_size=1, application="tests")
    yield engine
    engine.dispose()


@pytest.fixture
def ask(fresh: TestDatabase) -> Iterator[Ask]:
    """Run a statement as the superuser and return its rows."""
    connection = psycopg2.connect(fresh.admin_url)
    connection.autocommit = True

    def run(statement: str) -> list[tuple[str, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    yield run
    connection.close()
