"""The pool, the transaction, and what a restart of the server does to them."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from database.engine import make_engine, make_session_factory, transaction
from database.testing import TestDatabase

from .conftest import Ask

pytestmark = pytest.mark.database


def test_a_failed_transaction_leaves_nothing(fresh: TestDatabase, ask: Ask) -> None:
    engine = make_engine(fresh.url("api"), pool_size=1, application="tests")
    sessions = make_session_factory(engine)
    insert = text("INSERT INTO blobs (sha256, size) VALUES ('aa', 1)")

    def fail_half_way() -> None:
        with transaction(sessions) as session:
            session.execute(insert)
            raise LookupError

    with pytest.raises(LookupError):
        fail_half_way()
    assert ask("SELECT * FROM blobs") == []
    with transaction(sessions) as session:
        session.execute(insert)
    assert len(ask("SELECT * FROM blobs")) == 1
    engine.dispose()


def test_a_pool_outlives_the_end_of_its_connections(fresh: TestDatabase, ask: Ask) -> None:
    engine = make_engine(fresh.url("api"), pool_size=1, application="tests")
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'tests' AND datname = current_database()"
    )
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()
