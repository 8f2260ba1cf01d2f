"""Playground runs in PostgreSQL, fenced like judgements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, text

from contracts.judging import PlaygroundCase, RunFinished
from contracts.verdicts import State, Verdict
from grader.transactions import in_transaction
from grader.work import PlaygroundClaim, PlaygroundMaterial, Result

CLAIM = text("""
WITH chosen AS (
  SELECT id, lease_until IS NOT NULL AS was_lost FROM playground_runs
  WHERE id = :id AND state <> 'finished' AND (lease_until IS NULL OR lease_until < now())
  FOR UPDATE SKIP LOCKED
)
UPDATE playground_runs r
SET claim = r.claim + 1, state = 'compiling', failures = r.failures + chosen.was_lost::integer,
    lease_until = now() + make_interval(secs => :lease_s)
FROM chosen WHERE r.id = chosen.id
RETURNING r.id, r.claim, r.failures, r.language_id, r.filename, r.source, r.stdin, r.problem_id
""")

EXTENSION = text("SELECT extensions[1] FROM languages WHERE id = :id")

PROBLEM = text("""
SELECT cpu_time_limit_ms, memory_limit_kib, output_limit_kib, checker, data_set_id
FROM problems WHERE id = :id
""")

SAMPLES = text("""
SELECT t.ordinal,
       (SELECT string_agg(c.content, ''::bytea ORDER BY c.ordinal) FROM blob_chunks c
        WHERE c.sha256 = t.input_sha256) AS input,
       (SELECT string_agg(c.content, ''::bytea ORDER BY c.ordinal) FROM blob_chunks c
        WHERE c.sha256 = t.answer_sha256) AS answer
FROM test_cases t WHERE t.data_set_id = :id AND t.is_sample ORDER BY t.ordinal
""")

FORGET_CASES = text("DELETE FROM playground_cases WHERE playground_run_id = :id")

RECORD = text("""
UPDATE playground_runs SET state = :state, lease_until = now() + make_interval(secs => :lease_s)
WHERE id = :id AND claim = :claim AND state <> 'finished'
""")

PROLONG = text("""
UPDATE playground_runs SET lease_until = now() + make_interval(secs => :lease_s)
WHERE id = :id AND claim = :claim AND state <> 'finished'
""")

ADD_CASE = text("""
INSERT INTO playground_cases (playground_run_id, ordinal, verdict, stdout, stderr,
    output_truncated, cpu_time_ms, wall_time_ms, memory_kib, exit_code, signal, message)
VALUES (:id, :ordinal, :verdict, :stdout, :stderr, :output_truncated, :cpu_time_ms,
    :wall_time_ms, :memory_kib, :exit_code, :signal, :message)
ON CONFLICT DO NOTHING
""")

FINISH = text("""
UPDATE playground_runs
SET state = 'finished', finished_at = now(), lease_until = NULL, verdict = :verdict,
    compile_output = :compile_output, reason = :reason
WHERE id = :id AND claim = :claim AND state <> 'finished'
""")

IS_OURS = text("""
SELECT 1 FROM playground_runs WHERE id = :id AND claim = :claim AND state = 'finished'
""")

HAND_BACK = text("""
UPDATE playground_runs
SET state = 'queued', lease_until = NULL, failures = failures + :failed, reason = :reason
WHERE id = :id AND claim = :claim AND state <> 'finished' AND lease_until IS NOT NULL
""")


class PostgresPlayground:
    """The playground runs as the grader's role sees them."""

    def __init__(self, engine: Engine, *, lease_s: float) -> None:
        self.engine = engine
        self._lease_s = lease_s

    @in_transaction
    def claim(self, connection: Connection, run_id: UUID) -> PlaygroundClaim | None:
        row = connection.execute(CLAIM, {"id": run_id, "lease_s": self._lease_s}).one_or_none()
        if row is None:
            return None
        connection.execute(FORGET_CASES, {"id": run_id})
        return PlaygroundClaim(
            run_id=row.id,
            number=row.claim,
            failures=row.failures,
            material=_material(connection, row),
        )

    @in_transaction
    def record(
        self,
        connection: Connection,
        claim: PlaygroundClaim,
        state: State,
        runs: Sequence[RunFinished],
    ) -> bool:
        fence = {**_fence(claim), "state": state.value, "lease_s": self._lease_s}
        if connection.execute(RECORD, fence).rowcount == 0:
            return False
        _add_cases(connection, claim, runs)
        return True

    @in_transaction
    def prolong(self, connection: Connection, claim: PlaygroundClaim) -> bool:
        fence = {**_fence(claim), "lease_s": self._lease_s}
        return connection.execute(PROLONG, fence).rowcount == 1

    @in_transaction
    def finish(
        self,
        connection: Connection,
        claim: PlaygroundClaim,
        result: Result,
        runs: Sequence[RunFinished],
    ) -> bool:
        values = {
            **_fence(claim),
            "verdict": result.verdict.value if result.verdict else None,
            "compile_output": _storable(result.compile_output),
            "reason": _storable(result.reason),
        }
        if connection.execute(FINISH, values).rowcount == 0:
            return connection.execute(IS_OURS, values).first() is not None
        _add_cases(connection, claim, runs)
        return True

    @in_transaction
    def hand_back(
        self,
        connection: Connection,
        claim: PlaygroundClaim,
        *,
        delay_s: float,  # noqa: ARG002 - the user waits: there is no delay
        failed: bool,
        reason: str,
    ) -> bool:
        values = {
            **_fence(claim),
            "failed": int(failed),
            "reason": _storable(reason) if failed else "",
        }
        if connection.execute(HAND_BACK, values).rowcount == 0:
            return False
        connection.execute(FORGET_CASES, {"id": claim.run_id})
        return True


def _material(connection: Connection, row: Row[Any]) -> PlaygroundMaterial:
    problem = connection.execute(PROBLEM, {"id": row.problem_id}).one_or_none()
    cases: list[PlaygroundCase] = []
    if row.stdin is not None or problem is None:
        cases = [PlaygroundCase(ordinal=1, input=bytes(row.stdin or b""))]
    elif problem.data_set_id is not None:
        cases = [
            PlaygroundCase(
                ordinal=sample.ordinal,
                input=bytes(sample.input or b""),
                answer=bytes(sample.answer or b""),
            )
            for sample in connection.execute(SAMPLES, {"id": problem.data_set_id})
        ]
    extension = connection.scalar(EXTENSION, {"id": row.language_id})
    return PlaygroundMaterial(
        language_id=row.language_id,
        extension=extension or row.language_id,
        filename=row.filename,
        source=bytes(row.source),
        checker=problem.checker if problem else {},
        cases=cases,
        on_samples=row.stdin is None and problem is not None,
        cpu_time_limit_ms=problem.cpu_time_limit_ms if problem else None,
        memory_limit_kib=problem.memory_limit_kib if problem else None,
        output_limit_kib=problem.output_limit_kib if problem else None,
    )


def _fence(claim: PlaygroundClaim) -> dict[str, Any]:
    return {"id": claim.run_id, "claim": claim.number}


def _add_cases(connection: Connection, claim: PlaygroundClaim, runs: Sequence[RunFinished]) -> None:
    if runs:
        connection.execute(ADD_CASE, [_case(claim, run) for run in runs])


def _case(claim: PlaygroundClaim, run: RunFinished) -> dict[str, Any]:
    compared = claim.material.on_samples or run.verdict is not Verdict.AC
    return {
        "id": claim.run_id,
        "ordinal": run.ordinal,
        "verdict": run.verdict.value if compared else None,
        "stdout": run.stdout or b"",
        "stderr": run.stderr or b"",
        "output_truncated": run.output_truncated,
        "cpu_time_ms": run.cpu_time_ms,
        "wall_time_ms": run.wall_time_ms,
        "memory_kib": run.memory_kib,
        "exit_code": run.exit_code,
        "signal": run.signal,
        "message": _storable(run.message),
    }


def _storable(words: str) -> str:
    return words.replace("\x00", "\N{REPLACEMENT CHARACTER}")
