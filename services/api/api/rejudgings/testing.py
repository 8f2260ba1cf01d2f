"""What a grader would write of a rejudging's judgements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text

from database.engine import SessionFactory, transaction

FINISH = text("""
    UPDATE judgements SET state = 'finished', verdict = :verdict, finished_at = now(),
                          cpu_time_ms = 9
    WHERE rejudging_id = :rejudging AND state <> 'finished'
      AND (CAST(:submission AS uuid) IS NULL OR submission_id = CAST(:submission AS uuid))
""")
ALL = text("""
    SELECT submission_id, rejudging_id, previous_id, lane, state, verdict, valid, data_set_id,
           to_jsonb(j) - 'valid' AS everything_else
    FROM judgements j ORDER BY id
""")


def finish(
    anything: SessionFactory,
    rejudging: str,
    verdict: str = "AC",
    *,
    submission: str | UUID | None = None,
) -> None:
    """Give a verdict to one judgement of a rejudging, or to all that have none."""
    values: dict[str, Any] = {
        "rejudging": rejudging,
        "verdict": verdict,
        "submission": str(submission) if submission else None,
    }
    with transaction(anything) as db:
        db.execute(FINISH, values)


def judgements(anything: SessionFactory) -> Sequence[RowMapping]:
    """Return all judgements, the oldest first."""
    with transaction(anything) as db:
        return db.execute(ALL).mappings().all()


def valid_verdicts(anything: SessionFactory) -> dict[str, str | None]:
    """Return the verdict that counts of each submission; the database allows one for each."""
    return {
        str(row["submission_id"]): row["verdict"] for row in judgements(anything) if row["valid"]
    }
