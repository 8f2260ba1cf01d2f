"""What the sweep reads: work that nobody does. It writes nothing to these tables."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text

from contracts.links import LINK_MAX_AGE_S, LinkPurpose
from contracts.queues import Lane

LANES = text("""
SELECT lane,
  count(*) FILTER (WHERE lease_until >= now()) AS claimed,
  count(*) FILTER (WHERE free) AS waiting,
  count(*) FILTER (
    -- What was claimed before has no doorbell on its way: its grader died or let go of it.
    WHERE free AND (claim > 0 OR ready_at < now() - make_interval(secs => :patience_s))
  ) AS overdue,
  coalesce(extract(epoch FROM now() - min(ready_at) FILTER (WHERE free)), 0) AS oldest_s
FROM (
  SELECT lane, claim, lease_until, greatest(created_at, not_before, lease_until) AS ready_at,
         not_before <= now() AND (lease_until IS NULL OR lease_until < now()) AS free
  FROM judgements WHERE state <> 'finished'
) AS unfinished GROUP BY lane
""")

OVERDUE = text("""
SELECT id FROM judgements
WHERE state <> 'finished' AND lane = :lane AND not_before <= now()
  AND (lease_until IS NULL OR lease_until < now())
ORDER BY id LIMIT :at_most
""")

PLAYGROUND = text("""
SELECT id FROM playground_runs
WHERE state <> 'finished' AND created_at < now() - make_interval(secs => :patience_s)
  AND (lease_until IS NULL OR lease_until < now())
ORDER BY id LIMIT 500
""")

MAILS = {
    LinkPurpose.VERIFY_EMAIL: text("""
        SELECT c.id FROM email_verifications c
        LEFT JOIN deliveries d ON d.kind = 'verification_mail' AND d.cause_id = c.id
        WHERE c.used_at IS NULL AND c.created_at > now() - make_interval(secs => :life_s)
          AND c.created_at < now() - make_interval(secs => :patience_s)
          AND (d.id IS NULL OR (d.state = 'waiting' AND d.not_before <= now()))
        ORDER BY c.id LIMIT 500
    """),
    LinkPurpose.RESET_PASSWORD: text("""
        SELECT c.id FROM password_resets c
        LEFT JOIN deliveries d ON d.kind = 'password_reset_mail' AND d.cause_id = c.id
        WHERE c.used_at IS NULL AND c.created_at > now() - make_interval(secs => :life_s)
          AND c.created_at < now() - make_interval(secs => :patience_s)
          AND (d.id IS NULL OR (d.state = 'waiting' AND d.not_before <= now()))
        ORDER BY c.id LIMIT 500
    """),
}


@dataclass(frozen=True, kw_only=True)
class LaneLoad:
    """How a lane stands.

    Attributes:
        overdue: of the waiting ones, those whose doorbell should long have been heard.

    """

    lane: Lane
    claimed: int
    waiting: int
    overdue: int
    oldest_s: float


def lanes(connection: Connection, patience_s: float) -> list[LaneLoad]:
    """Return the load of every lane, also of the empty ones."""
    rows = {row.lane: row for row in connection.execute(LANES, {"patience_s": patience_s})}
    loads = []
    for lane in Lane:
        row = rows.get(lane.value)
        loads.append(
            LaneLoad(
                lane=lane,
                claimed=row.claimed if row else 0,
                waiting=row.waiting if row else 0,
                overdue=row.overdue if row else 0,
                oldest_s=float(row.oldest_s) if row else 0.0,
            )
        )
    return loads


def overdue(connection: Connection, lane: Lane, at_most: int) -> list[UUID]:
    """Return judgements of a lane that wait, oldest first."""
    return list(connection.scalars(OVERDUE, {"lane": lane.value, "at_most": at_most}))


def playground_runs(connection: Connection, patience_s: float) -> list[UUID]:
    """Return playground runs that nobody works on."""
    return list(connection.scalars(PLAYGROUND, {"patience_s": patience_s}))


def mails(connection: Connection, purpose: LinkPurpose, patience_s: float) -> list[UUID]:
    """Return requests for mails that were neither sent nor given up."""
    values = {"life_s": LINK_MAX_AGE_S[purpose], "patience_s": patience_s}
    return list(connection.scalars(MAILS[purpose], values))
