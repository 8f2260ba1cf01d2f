"""Short transactions that outlive a restart of PostgreSQL.

Every statement of the grader is fenced or idempotent, so one whose answer was lost is run again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from grader.logs import logger

P = ParamSpec("P")
R = TypeVar("R")

PATIENCE_S = 30.0
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 1.0


class HasEngine(Protocol):
    """A store."""

    @property
    def engine(self) -> Engine:
        """Where its transactions run."""
        ...


S = TypeVar("S", bound=HasEngine)


def in_transaction(
    method: Callable[Concatenate[S, Connection, P], R],
) -> Callable[Concatenate[S, P], R]:
    """Run a store's method in a transaction of its own, again while PostgreSQL is away."""

    def run(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        give_up_at = time.monotonic() + PATIENCE_S
        pause = FIRST_PAUSE_S
        while True:
            try:
                with self.engine.begin() as connection:
                    return method(self, connection, *args, **kwargs)
            except (DBAPIError, PoolTimeoutError) as error:
                if not _passes(error) or time.monotonic() > give_up_at:
                    raise
                logger().warning("database_away", reason=str(error).splitlines()[0])
            time.sleep(pause)
            pause = min(LONGEST_PAUSE_S, pause * 2)

    return run


def _passes(error: DBAPIError | PoolTimeoutError) -> bool:
    # 57P01-03: shutting down or starting up; 40xxx: a deadlock, undone by the server.
    if isinstance(error, PoolTimeoutError) or error.connection_invalidated:
        return True
    code = getattr(error.orig, "pgcode", None)
    no_connection = code is None and type(error).__name__ == "OperationalError"
    return no_connection or str(code)[:2] in {"57", "40", "08"}
