"""Judgements and runs in PostgreSQL. Every write after the claim names the claim's number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Connection, Engine, Uuid, bindparam, text

from contracts.judging import RunFinished
from contracts.queues import Lane
from contracts.verdicts import State, Verdict
from grader.material_store import DataSets, material
from grader.transactions import in_transaction
from grader.work import Claim, Result, Waiting

EACH_USER = 8
"""How many judgements of one user a look at a lane shows."""
LOOK = 256
"""How many judgements a look at a lane shows."""

WAITING = text("""
SELECT id, user_id FROM (
  SELECT j.id, s.user_id, row_number() OVER (PARTITION BY s.user_id ORDER BY j.id) AS nth
  FROM judgements j JOIN submissions s ON s.id = j.submission_id
  WHERE j.state <> 'finished' AND j.lane = :lane AND j.not_before <= now()
    AND (j.lease_until IS NULL OR j.lease_until < now())
) AS waiting
WHERE nth <= :each_user ORDER BY nth, id LIMIT :look
""")

CLAIM = text("""
WITH chosen AS (
  SELECT id, submission_id, lease_until IS NOT NULL AS was_lost FROM judgements
  WHERE id = ANY(:candidates) AND state <> 'finished' AND not_before <= now()
    AND (lease_until IS NULL OR lease_until < now())
  ORDER BY array_position(:candidates, id) LIMIT 1
  FOR UPDATE SKIP LOCKED
)
UPDATE judgements j
SET claim = j.claim + 1, claimed_by = :grader, state = 'compiling', started_at = now(),
    lease_until = now() + make_interval(secs => :lease_s),
    failures = j.failures + chosen.was_lost::integer
FROM chosen JOIN submissions s ON s.id = chosen.submission_id
WHERE j.id = chosen.id
RETURNING j.id, j.submission_id, j.data_set_id, j.claim, j.failures, j.lane, j.created_at,
          s.user_id
""").bindparams(bindparam("candidates", type_=ARRAY(Uuid())))

FORGET_RUNS = text("DELETE FROM runs WHERE judgement_id = :id")

RECORD = text("""
UPDATE judgements SET state = :state, lease_until = now() + make_interval(secs => :lease_s)
WHERE id = :id AND claim = :claim AND state <> 'finished'
""")

# A statement whose answer was lost is run again: a run that is there already stays as it is.
ADD_RUN = text("""
INSERT INTO runs (judgement_id, ordinal, verdict, cpu_time_ms, wall_time_ms, memory_kib,
                  exit_code, signal, message)
VALUES (:judgement_id, :ordinal, :verdict, :cpu_time_ms, :wall_time_ms, :memory_kib,
        :exit_code, :signal, :message)
ON CONFLICT DO NOTHING
""")

PROLONG = text("""
UPDATE judgements SET lease_until = now() + make_interval(secs => :lease_s)
WHERE id = :id AND claim = :claim AND state <> 'finished'
""")

FINISH = text("""
UPDATE judgements
SET state = 'finished', finished_at = now(), lease_until = NULL, verdict = :verdict,
    points = :points, max_points = :max_points, cpu_time_ms = :cpu_time_ms,
    memory_kib = :memory_kib, compile_output = :compile_output, reason = :reason
WHERE id = :id AND claim = :claim AND state <> 'finished'
""")

IS_OURS = text("SELECT 1 FROM judgements WHERE id = :id AND claim = :claim AND verdict = :verdict")

HAND_BACK = text("""
UPDATE judgements
SET state = 'queued', lease_until = NULL, failures = failures + :failed, reason = :reason,
    not_before = now() + make_interval(secs => :delay_s)
WHERE id = :id AND claim = :claim AND state <> 'finished' AND lease_until IS NOT NULL
""")


class PostgresJudgements:
    """The judgements as the grader's role sees them."""

    def __init__(self, engine: Engine, *, grader: str, lease_s: float) -> None:
        self.engine = engine
        self._grader = grader
        self._lease_s = lease_s
        self._data_sets = DataSets()

    @in_transaction
    def waiting(self, connection: Connection, lane: Lane) -> list[Waiting]:
        rows = connection.execute(
            WAITING, {"lane": lane.value, "each_user": EACH_USER, "look": LOOK}
        )
        return [Waiting(judgement_id=row.id, user_id=row.user_id) for row in rows]

    @in_transaction
    def claim(self, connection: Connection, candidates: Sequence[UUID]) -> Claim | None:
        row = connection.execute(
            CLAIM,
            {"candidates": list(candidates), "grader": self._grader, "lease_s": self._lease_s},
        ).one_or_none()
        if row is None:
            return None
        if row.claim > 1:
            connection.execute(FORGET_RUNS, {"id": row.id})
        return Claim(
            judgement_id=row.id,
            submission_id=row.submission_id,
            user_id=row.user_id,
            number=row.claim,
            failures=row.failures,
            lane=Lane(row.lane),
            created_at=row.created_at,
            material=material(connection, self._data_sets, row.submission_id, row.data_set_id),
        )

    @in_transaction
    def record(
        self, connection: Connection, claim: Claim, state: State, runs: Sequence[RunFinished]
    ) -> bool:
        fence = {**_fence(claim), "state": state.value, "lease_s": self._lease_s}
        if connection.execute(RECORD, fence).rowcount == 0:
            return False
        self._add_runs(connection, claim, runs)
        return True

    @in_transaction
    def prolong(self, connection: Connection, claim: Claim) -> bool:
        fence = {**_fence(claim), "lease_s": self._lease_s}
        return connection.execute(PROLONG, fence).rowcount == 1

    @in_transaction
    def finish(
        self, connection: Connection, claim: Claim, result: Result, runs: Sequence[RunFinished]
    ) -> bool:
        values = {
            **_fence(claim),
            "verdict": result.verdict.value if result.verdict else None,
            "points": result.points,
            "max_points": result.max_points,
            "cpu_time_ms": result.cpu_time_ms,
            "memory_kib": result.memory_kib,
            "compile_output": _storable(result.compile_output),
            "reason": _storable(result.reason),
        }
        if connection.execute(FINISH, values).rowcount == 0:
            # Ours all the same when the answer to our own commit was lost.
            return connection.execute(IS_OURS, values).first() is not None
        if result.verdict is Verdict.JE:
            # What a broken machinery measured counts for nothing.
            connection.execute(FORGET_RUNS, {"id": claim.judgement_id})
        else:
            self._add_runs(connection, claim, runs)
        return True

    @in_transaction
    def hand_back(
        self,
        connection: Connection,
        claim: Claim,
        *,
        delay_s: float,
        failed: bool,
        reason: str,
    ) -> bool:
        values = {
            **_fence(claim),
            "delay_s": delay_s,
            "failed": int(failed),
            "reason": _storable(reason) if failed else "",
        }
        if connection.execute(HAND_BACK, values).rowcount == 0:
            return False
        connection.execute(FORGET_RUNS, {"id": claim.judgement_id})
        return True

    def _add_runs(self, connection: Connection, claim: Claim, runs: Sequence[RunFinished]) -> None:
        if runs:
            connection.execute(ADD_RUN, [_run(claim, run) for run in runs])


def _fence(claim: Claim) -> dict[str, Any]:
    return {"id": claim.judgement_id, "claim": claim.number}


def _run(claim: Claim, run: RunFinished) -> dict[str, Any]:
    return {
        "judgement_id": claim.judgement_id,
        "ordinal": run.ordinal,
        "verdict": run.verdict.value,
        "cpu_time_ms": run.cpu_time_ms,
        "wall_time_ms": run.wall_time_ms,
        "memory_kib": run.memory_kib,
        "exit_code": run.exit_code,
        "signal": run.signal,
        "message": _storable(run.message),
    }


def _storable(words: str) -> str:
    # PostgreSQL's text holds everything but NUL; a compiler or checker may say anything.
    return words.replace("\x00", "\N{REPLACEMENT CHARACTER}")
