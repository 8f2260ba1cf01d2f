"""Engines and sessions: one pool for each process, as large at rest as at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

SessionFactory = sessionmaker[Session]


def make_engine(url: str, *, pool_size: int, application: str) -> Engine:
    """Return an engine whose pool keeps `pool_size` connections.

    Args:
        url: `postgresql://user:password@host:port/name`.
        pool_size: connections kept; there is no overflow, so a burst waits instead of opening
            connections that PostgreSQL would have to fork for.
        application: shown in pg_stat_activity.

    """
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg2://", 1),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        # A restarted PostgreSQL leaves dead connections in the pool; the check costs 0.1 ms.
        pool_pre_ping=True,
        connect_args={"application_name": application, "connect_timeout": 5},
    )


def make_session_factory(engine: Engine) -> SessionFactory:
    """Return the factory of sessions; objects stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def transaction(sessions: SessionFactory) -> Iterator[Session]:
    """Give a session whose work is committed at the end, or undone by an exception."""
    with sessions() as session, session.begin():
        yield session
