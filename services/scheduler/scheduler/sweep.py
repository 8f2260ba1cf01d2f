"""Finds work whose doorbell was lost or whose worker died, and rings again.

A doorbell of the grader says only that a lane has work; so what is compared is how many judgements
wait with how many doorbells hang in the queue, and the difference is rung. Redis may be emptied at
any moment: the next sweep fills it up again. It reads judgements and never writes one; a rejudging
that is to be applied by itself is applied by the database's own function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from contracts.links import LinkPurpose
from contracts.messages import (
    GradeJudgement,
    Message,
    RunPlayground,
    SendPasswordResetMail,
    SendVerificationMail,
)
from contracts.queues import LANE_QUEUES, Queue
from scheduler import metrics, rejudging_store, sweep_store
from scheduler.sweep_store import LaneLoad

PATIENCE_S = 2.0
"""A doorbell on its way needs milliseconds; one that took so long is lost or waits in the queue."""
MAIL_PATIENCE_S = 15.0
"""A mail server may take its time."""
AT_MOST = 2000
"""Doorbells for each lane and sweep: more would hold up the other jobs; the next sweep goes on."""
PLAYGROUND_AGAIN_S = 10
MAIL_AGAIN_S = 60
"""The same thing is not rung for again within this time."""


class Doorbells(Protocol):
    """The queues, as the sweep sees them."""

    def hanging(self, queue: Queue) -> int:
        """Return how many messages wait in a queue."""
        ...

    def ring(self, message: Message) -> None:
        """Send a message."""
        ...

    def first_time(self, key: str, seconds: int) -> bool:
        """Return True unless the same was asked within so many seconds."""
        ...

    def submissions_changed(self, ids: Sequence[UUID]) -> None:
        """Tell the pages that show these submissions to read them again."""
        ...


def missing(load: LaneLoad, hanging: int) -> int:
    """Return how many doorbells a lane lacks.

    Nothing is done before something is overdue: what was just sent is on its way. Doorbells that
    a grader has in its hand are not seen, so a few too many may be rung; they find nothing to do,
    and hang in the queue when the next sweep counts.
    """
    if load.overdue == 0:
        return 0
    return min(AT_MOST, max(0, load.waiting - hanging))


class Sweep:
    """One pass over everything that may have been forgotten."""

    def __init__(self, doorbells: Doorbells) -> None:
        self._doorbells = doorbells

    def __call__(self, connection: Connection) -> int:
        """Sweep, and return how many doorbells were rung."""
        rung = self._judgements(connection)
        rung += self._each(
            sweep_store.playground_runs(connection, PATIENCE_S),
            lambda one: RunPlayground(playground_run_id=str(one)),
            PLAYGROUND_AGAIN_S,
        )
        rung += self._each(
            sweep_store.mails(connection, LinkPurpose.VERIFY_EMAIL, MAIL_PATIENCE_S),
            lambda one: SendVerificationMail(email_verification_id=str(one)),
            MAIL_AGAIN_S,
        )
        rung += self._each(
            sweep_store.mails(connection, LinkPurpose.RESET_PASSWORD, MAIL_PATIENCE_S),
            lambda one: SendPasswordResetMail(password_reset_id=str(one)),
            MAIL_AGAIN_S,
        )
        # Pages are rung one sweep after the commit: sooner, they would read the old verdict.
        rejudging_store.ring_pages(connection, self._doorbells)
        rejudging_store.apply_finished(connection)
        return rung

    def _judgements(self, connection: Connection) -> int:
        rung = 0
        for load in sweep_store.lanes(connection, PATIENCE_S):
            metrics.WAITING.labels(load.lane.value).set(load.waiting)
            metrics.OLDEST_SECONDS.labels(load.lane.value).set(load.oldest_s)
            metrics.CLAIMED.labels(load.lane.value).set(load.claimed)
            lacking = missing(load, self._doorbells.hanging(LANE_QUEUES[load.lane]))
            if lacking:
                for one in sweep_store.overdue(connection, load.lane, lacking):
                    self._ring(GradeJudgement(judgement_id=str(one), lane=load.lane))
                    rung += 1
        return rung

    def _each(self, ids: Iterable[UUID], message: Callable[[UUID], Message], again_s: int) -> int:
        rung = 0
        for one in ids:
            if self._doorbells.first_time(f"resent:{one}", again_s):
                self._ring(message(one))
                rung += 1
        return rung

    def _ring(self, message: Message) -> None:
        metrics.RUNG_AGAIN.labels(message.NAME).inc()
        self._doorbells.ring(message)
