"""Fixtures of all features' tests: a database each, the application on it, the cast, noise."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from api.accounts.authenticator import DatabaseAuthenticator
from api.accounts.hashing import Argon2Hasher
from api.app import create_app
from api.broker import FakeBroker
from api.clock import FakeClock
from api.rate_limits import MemoryRateLimits
from api.redis_testing import RedisServer
from api.resources import Resources
from api.settings import Settings
from api.testing import Cast, Client, make_cast, make_user, visitor
from database.base import Base
from database.engine import SessionFactory, make_engine, make_session_factory, transaction
from database.models import Announcement
from database.testing import Cluster, TestDatabase, running_cluster

# Counters would otherwise look for gunicorn's shared folder.
os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def kept_database(cluster: Cluster) -> TestDatabase:
    """One database for the whole run: making one for each test filled the disk with gigabytes."""
    return cluster.fresh()


@pytest.fixture(scope="session")
def sweep(kept_database: TestDatabase) -> Iterator[Callable[[], None]]:
    """Empty all tables. Without triggers, so that the order does not matter."""
    engine = make_engine(kept_database.admin_url, pool_size=1, application="sweep")
    statements = ["SET LOCAL session_replication_role = replica"]
    statements += [f"DELETE FROM {table}" for table in Base.metadata.tables]  # noqa: S608

    def empty() -> None:
        with engine.begin() as connection:
            connection.execute(text(";".join(statements)))

    yield empty
    engine.dispose()


@pytest.fixture
def database(kept_database: TestDatabase, sweep: Callable[[], None]) -> TestDatabase:
    """An empty database with the newest schema, all roles and grants."""
    sweep()
    return kept_database


@pytest.fixture
def sessions(database: TestDatabase) -> Iterator[SessionFactory]:
    """Sessions with the rights that the api has, and no more."""
    engine = make_engine(database.url("api"), pool_size=4, application="tests")
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def anything(database: TestDatabase) -> Iterator[SessionFactory]:
    """Sessions of the superuser, to arrange what other services write."""
    engine = make_engine(database.admin_url, pool_size=1, application="arrange")
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def settings(database: TestDatabase) -> Settings:
    return Settings(
        database_url=database.url("api"),
        redis_url="redis://127.0.0.1:1",
        mail_link_key="k" * 32,
        public_url="https://localhost",
    )


@pytest.fixture
def broker() -> FakeBroker:
    return FakeBroker()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def resources(
    settings: Settings, sessions: SessionFactory, broker: FakeBroker, clock: FakeClock
) -> Resources:
    return Resources(
        settings=settings,
        sessions=sessions,
        broker=broker,
        clock=clock,
        rate_limits=MemoryRateLimits(),
        authenticator=DatabaseAuthenticator(sessions, clock),
        hasher=Argon2Hasher(),
    )


@pytest.fixture
def app(resources: Resources) -> Flask:
    return create_app(resources=resources)


@pytest.fixture
def client(app: Flask) -> Client:
    """Somebody who is not signed in."""
    return visitor(app)


@pytest.fixture
def cast(app: Flask, sessions: SessionFactory, clock: FakeClock) -> Cast:
    return make_cast(app, sessions, clock)


@pytest.fixture
def queries(sessions: SessionFactory) -> Callable[[], AbstractContextManager[list[str]]]:
    """Return a context manager that lists the statements sent within it."""
    with sessions() as db:
        engine = db.get_bind()

    @contextmanager
    def counted() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(*call: Any) -> None:  # noqa: ANN401 - SQLAlchemy's arguments
            sent.append(call[2])

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counted


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def noise(sessions: SessionFactory) -> None:
    """Unrelated rows, so that a query without its WHERE fails."""
    for _ in range(3):
        make_user(sessions)
    with transaction(sessions) as db:
        db.add(Announcement(title_en="Noise", title_ko="잡음"))
