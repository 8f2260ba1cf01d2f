"""Reading the counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.resources import Resources
from api.statistics import store


@dataclass(frozen=True)
class Counts:
    """How large the site is."""

    users: int
    problems: int
    submissions: int
    accepted: int
    refreshed_at: datetime | None


def read(resources: Resources) -> Counts:
    """Return the counts; zeros until they were first derived."""
    with resources.sessions() as db:
        row = store.find(db)
    counts = row.counts if row else {}
    return Counts(
        users=counts.get("users", 0),
        problems=counts.get("problems", 0),
        submissions=counts.get("submissions", 0),
        accepted=counts.get("accepted", 0),
        refreshed_at=row.refreshed_at if row else None,
    )
