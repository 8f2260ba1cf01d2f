"""Which beat leads: the one whose own PostgreSQL session holds an advisory lock.

The lock goes with the session, so another beat leads as soon as the server sees it end. Needs a
direct connection: a pooler in transaction mode would share the session.
"""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class with a small name

LOCK_KEY: Final = 0x62656174
"""The number that all beats of a site agree on ("beat" in ASCII)."""


class LeadershipLostError(Exception):
    """The session that holds the lock is gone: somebody else may lead already."""


class Leadership:
    """The lock, held or not. Use as a context: leaving it lets go."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def acquire(self) -> bool:
        """Try to become the leader; never waits in the server, so that signals are heard."""
        try:
            if self._connection is None or self._connection.closed:
                self._connection = self._connect()
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", (LOCK_KEY,))
                row = cursor.fetchone()
        except psycopg2.Error:
            self.__exit__(None, None, None)
            return False
        return row is not None and bool(row[0])

    def check(self) -> None:
        """Make sure that the session still lives.

        Raises:
            LeadershipLostError: it does not.

        """
        if self._connection is None:
            raise LeadershipLostError("There is no session.")
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except psycopg2.Error as error:
            raise LeadershipLostError(str(error).strip()) from error

    def _connect(self) -> Connection:
        made: Connection = psycopg2.connect(
            self._url,
            application_name="beat",
            connect_timeout=3,
            # A leader cut off from the server must notice before the server gives the lock away.
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=2,
            tcp_user_timeout=5000,
        )
        made.autocommit = True
        return made
