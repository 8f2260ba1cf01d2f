"""What runs when, each with its reason. Every job is idempotent: a second beat does no harm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from contracts.messages import (
    ExpireSessions,
    Message,
    RefreshLanguages,
    RefreshRanking,
    RefreshStatistics,
    Sweep,
    dump,
)


@dataclass(frozen=True)
class Entry:
    """A message that is sent every so many seconds."""

    message: Message
    every_s: float
    reason: str


TIMETABLE: Final = (
    Entry(
        Sweep(),
        2.0,
        "A lost doorbell or a dead grader shall cost seconds; the look is one small index.",
    ),
    Entry(
        RefreshRanking(),
        60.0,
        "People look for their new place within a minute of solving something.",
    ),
    Entry(
        RefreshStatistics(),
        60.0,
        "The counts beside problems are looked at together with the ranking.",
    ),
    Entry(
        RefreshLanguages(),
        60.0,
        "A judge may be replaced by one with other compilers; graders notice most changes alone.",
    ),
    Entry(
        ExpireSessions(),
        600.0,
        "Expired sessions are refused anyway: this only keeps the tables small.",
    ),
)


LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Return the timetable in Celery's form."""
    return {
        entry.message.NAME: {
            "task": entry.message.NAME,
            "schedule": entry.every_s,
            # A new leader does each job at once: a fresh site shows its counts from the start.
            "last_run_at": LONG_AGO,
            "kwargs": dump(entry.message),
            # A message that waited longer than its interval is superseded by the next one: after
            # an hour without a worker there is one sweep to do, not eighteen hundred.
            "options": {"queue": entry.message.queue.value, "expires": max(10.0, entry.every_s)},
        }
        for entry in TIMETABLE
    }
