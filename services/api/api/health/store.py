"""Questions to the database that tell whether it is there."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from database.engine import SessionFactory


def missing(sessions: SessionFactory) -> list[str]:
    """Return what of the database is missing: nothing, `database` or `schema`."""
    try:
        with sessions() as db:
            migrated = db.scalar(text("SELECT to_regclass('public.users') IS NOT NULL"))
    except SQLAlchemyError:
        return ["database"]
    return [] if migrated else ["schema"]
