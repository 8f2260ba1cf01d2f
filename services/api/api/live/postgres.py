"""Makes psycopg2 give way to other greenlets while PostgreSQL works.

psycopg2 waits in C, out of sight of gevent's patches; this callback is what its manual asks for.
"""

from __future__ import annotations

from typing import Any

import psycopg2
from gevent.socket import wait_read, wait_write
from psycopg2 import extensions

LONGEST_S = 30


def wait_for(connection: Any) -> None:  # noqa: ANN401 - psycopg2 has no types
    """Wait on the connection's socket, giving way."""
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        if state == extensions.POLL_READ:
            wait_read(connection.fileno(), timeout=LONGEST_S)
        elif state == extensions.POLL_WRITE:
            wait_write(connection.fileno(), timeout=LONGEST_S)
        else:
            raise psycopg2.OperationalError(f"poll() answered {state}")


def give_way() -> None:
    """Use the callback for every connection of this process."""
    extensions.set_wait_callback(wait_for)
