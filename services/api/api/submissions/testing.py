"""What a grader would write, for tests of what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.clock import SystemClock
from database.engine import SessionFactory, transaction
from database.models import Judgement, Run

BODY: dict[str, Any] = {"problem": "sums", "language": "cpp", "source": "int main() {}"}
"""A submission with nothing wrong about it, for the problem `sums`."""


def judge(
    anything: SessionFactory,
    submission_id: str | UUID,
    *runs: str,
    verdict: str | None = "AC",
    **values: Any,  # noqa: ANN401 - any column
) -> None:
    """Write the runs' verdicts in order and the judgement's own; None: still running."""
    with transaction(anything) as db:
        judgement = db.scalars(
            select(Judgement).where(
                Judgement.submission_id == UUID(str(submission_id)), Judgement.valid
            )
        ).one()
        judgement.state = "finished" if verdict else "running"
        judgement.verdict = verdict
        judgement.finished_at = SystemClock().now() if verdict else None
        judgement.cpu_time_ms, judgement.memory_kib = 7, 1024
        for name, value in values.items():
            setattr(judgement, name, value)
        _add_runs(db, judgement.id, runs)


def _add_runs(db: Any, judgement_id: UUID, runs: Sequence[str]) -> None:  # noqa: ANN401
    for ordinal, verdict in enumerate(runs, start=1):
        db.add(
            Run(
                judgement_id=judgement_id,
                ordinal=ordinal,
                verdict=verdict,
                cpu_time_ms=3,
                wall_time_ms=4,
                memory_kib=1000,
                exit_code=0,
                signal=None,
                message=f"about run {ordinal}",
            )
        )
