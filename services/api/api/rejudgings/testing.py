"""What a grader would write of a rejudging's judgements."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.clock import SystemClock
from database.engine import SessionFactory, transaction
from database.models import Judgement


def finish(
    anything: SessionFactory,
    rejudging: str,
    verdict: str = "AC",
    *,
    submission: str | None = None,
) -> None:
    """Give a verdict to one judgement of a rejudging, or to all that have none."""
    with transaction(anything) as db:
        wanted = select(Judgement).where(
            Judgement.rejudging_id == UUID(rejudging), Judgement.state != "finished"
        )
        for judgement in db.scalars(wanted):
            if submission in (None, str(judgement.submission_id)):
                judgement.state, judgement.verdict = "finished", verdict
                judgement.cpu_time_ms, judgement.finished_at = 9, SystemClock().now()


def judgements(anything: SessionFactory) -> list[dict[str, Any]]:
    """Return all judgements, the oldest first; `everything_else` is what never changes again."""
    with transaction(anything) as db:
        rows = db.scalars(select(Judgement).order_by(Judgement.id)).all()
        found = [{name: getattr(row, name) for name in _COLUMNS} for row in rows]
    return [
        {**row, "everything_else": {name: row[name] for name in _COLUMNS if name != "valid"}}
        for row in found
    ]


_COLUMNS = tuple(Judgement.__table__.columns.keys())


def valid_verdicts(anything: SessionFactory) -> dict[str, str | None]:
    """Return the verdict that counts of each submission; the database allows one for each."""
    return {
        str(row["submission_id"]): row["verdict"] for row in judgements(anything) if row["valid"]
    }
