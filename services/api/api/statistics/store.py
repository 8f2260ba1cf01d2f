"""The query for the counts."""

from __future__ import annotations

from sqlalchemy.orm import Session as Db

from database.models import SiteStatistics


def find(db: Db) -> SiteStatistics | None:
    """Return the one row, or None before the scheduler's first round."""
    return db.get(SiteStatistics, 1)
