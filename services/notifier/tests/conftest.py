"""Fixtures of the notifier's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from database.engine import SessionFactory, make_engine, make_session_factory
from database.testing import Cluster, TestDatabase, running_cluster
from notifier.rendering import Person, Renderer

LINK_KEY = "k" * 32


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def database(cluster: Cluster) -> TestDatabase:
    return cluster.fresh()


@pytest.fixture
def engine(database: TestDatabase) -> Iterator[Engine]:
    """The database with the notifier's rights and no more."""
    engine = make_engine(database.url("notifier"), pool_size=2, application="tests")
    yield engine
    engine.dispose()


@pytest.fixture
def admin(database: TestDatabase) -> Iterator[SessionFactory]:
    engine = make_engine(database.admin_url, pool_size=1, application="arrange")
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def renderer() -> Renderer:
    return Renderer("https://codeplace.example", LINK_KEY)


@pytest.fixture
def ada() -> Person:
    return Person(username="ada", display_name="Ada L.", email="ada@example.org", locale="en")
