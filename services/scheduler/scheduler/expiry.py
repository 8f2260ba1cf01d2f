"""Deletes what is out of date.

What that is, is written in the database's `delete_expired()`: the scheduler may call it and has no
right on the tables behind it.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

DELETE = text("SELECT delete_expired()")


def expire(connection: Connection) -> int:
    """Delete and return how many rows went."""
    deleted: int = connection.execute(DELETE).scalar_one()
    return deleted
