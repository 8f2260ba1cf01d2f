"""Applies rejudgings that are to be applied by themselves, and rings for what was applied.

What applying means is written in the database's `apply_rejudging()`; the scheduler may call only
the door that takes finished ones whose author wanted it so, and has no right on judgements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection, text

from scheduler.logs import logger

APPLY_FINISHED = text("SELECT apply_finished_rejudgings()")

# Those that a person applied through the api are among them: it rings no pages itself.
APPLIED = text("""
SELECT id FROM rejudgings WHERE applied_at > now() - make_interval(secs => :seconds) ORDER BY id
""")

CHANGED = text("""
SELECT submission_id FROM judgements WHERE rejudging_id = :id AND valid ORDER BY id LIMIT :most
""")

LATELY_S = 30
"""Longer than a restart of the worker, shorter than anybody's patience with an old page."""
PAGES = 2000
"""Of larger rejudgings most pages are not open; they show the new verdict when they are."""


class Pages(Protocol):
    """The doorbells of pages, as needed here."""

    def first_time(self, key: str, seconds: int) -> bool:
        """Return True unless the same was asked within so many seconds."""
        ...

    def submissions_changed(self, ids: Sequence[UUID]) -> None:
        """Tell the pages that show these submissions to read them again."""
        ...


def apply_finished(connection: Connection) -> int:
    """Apply what is finished, each as a whole, and return how many there were."""
    applied: int = connection.execute(APPLY_FINISHED).scalar_one()
    if applied:
        logger().info("rejudgings_applied", count=applied)
    return applied


def ring_pages(connection: Connection, pages: Pages) -> None:
    """Ring for the submissions of rejudgings that were applied and committed since lately."""
    for one in connection.scalars(APPLIED, {"seconds": LATELY_S}).all():
        if pages.first_time(f"applied:{one}", 2 * LATELY_S):
            changed = connection.scalars(CHANGED, {"id": one, "most": PAGES}).all()
            pages.submissions_changed(changed)
