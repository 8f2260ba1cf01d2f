"""The story of one judgement: hold a free slot, claim, judge, store, finish.

The slot comes first, so that nothing is called compiling while it waits and the choice of what to
judge is made at the last moment. No transaction is open while this module waits for anything.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import structlog

from contracts.messages import GradeJudgement
from contracts.verdicts import Verdict
from grader import metrics, plan
from grader.draining import Draining
from grader.errors import (
    ClaimLostError,
    DrainingError,
    MachineryError,
    NoRoomError,
    UnfitError,
)
from grader.fairness import Turns
from grader.logs import logger
from grader.ports import Announcer, Clock, JudgeClient, JudgementStore, Room
from grader.progress import Progress
from grader.scoring import figures
from grader.verdict import decide
from grader.work import Claim, Result


class Outcome(StrEnum):
    """How the work on a message ended."""

    NOTHING_TO_DO = "nothing_to_do"
    FINISHED = "finished"
    CLAIM_LOST = "claim_lost"
    NO_ROOM = "no_room"
    FAILED = "failed"


@dataclass(frozen=True)
class Policy:
    """When to hold on and when to give up."""

    lease_s: float = 10.0
    max_failures: int = 3
    backoff_s: float = 1.0

    def delay_s(self, failures: int) -> float:
        """Return how long a judgement rests after its n-th failure.

        Spread at random: judgements that failed together by the fault of one of them shall not
        meet it again on the next try.
        """
        return self.backoff_s * 4.0**failures * random.uniform(0.5, 1.5)  # noqa: S311


class Grading:
    """Grades judgements, one at a time for each thread."""

    def __init__(
        self,
        *,
        store: JudgementStore,
        judges: JudgeClient,
        announcer: Announcer,
        clock: Clock,
        draining: Draining,
        policy: Policy,
    ) -> None:
        self._store = store
        self._judges = judges
        self._announcer = announcer
        self._clock = clock
        self._draining = draining
        self._policy = policy
        self._turns = Turns(store, clock)

    def grade_next(self, message: GradeJudgement) -> Outcome:
        """Grade the judgement whose turn it is in the message's lane.

        The message's own judgement is looked at for its trace id only: which one comes next is
        decided now that a slot is free.

        Raises:
            DrainingError: the grader is going away and has let go of what it had.

        """
        with self._judges.room() as room:
            claim = self._turns.claim_next(message.lane)
            if claim is None:
                return Outcome.NOTHING_TO_DO
            is_named = message.judgement_id == str(claim.judgement_id)
            trace_id = message.trace_id if is_named else str(claim.submission_id)
            with structlog.contextvars.bound_contextvars(trace_id=trace_id):
                return self._carry_out(claim, room, trace_id)

    def _carry_out(self, claim: Claim, room: Room, trace_id: str) -> Outcome:
        try:
            self._ring(claim)
            result = self._judge(claim, room, trace_id)
        except ClaimLostError:
            return self._lost(claim)
        except DrainingError:
            self._let_go(claim, lambda: self._hand_back(claim, 0.0, "The grader went away."))
            raise
        except NoRoomError as error:
            delay_s, reason = error.retry_after_s, str(error)
            self._let_go(claim, lambda: self._hand_back(claim, delay_s, reason))
            return Outcome.NO_ROOM
        except MachineryError as error:
            return self._failed(claim, str(error))
        except UnfitError as error:
            return self._give_up(claim, str(error))
        return result

    def _judge(self, claim: Claim, room: Room, trace_id: str) -> Outcome:
        if claim.failures >= self._policy.max_failures:
            raise UnfitError(f"Lost {claim.failures} times by a grader or judge that went away.")
        request = plan.judging(claim)
        progress = Progress(
            self._store,
            claim,
            ring=lambda: self._ring(claim),
            clock=self._clock,
            draining=self._draining,
            lease_s=self._policy.lease_s,
        )
        findings = progress.follow(room.judge(request, trace_id))
        verdict = decide(findings, [case.ordinal for case in request.cases])
        found = figures(findings.runs)
        result = Result(
            verdict=verdict,
            cpu_time_ms=found.cpu_time_ms,
            memory_kib=found.memory_kib,
            compile_output=findings.compile_output,
        )
        if not self._store.finish(claim, result, progress.unwritten):
            raise ClaimLostError("Another grader has taken it over.")
        self._ring(claim)
        metrics.finished(claim, verdict, len(findings.runs))
        return Outcome.FINISHED

    def _failed(self, claim: Claim, reason: str) -> Outcome:
        failures = claim.failures + 1
        metrics.MACHINERY_FAILURES.inc()
        logger().warning("judging_failed", failures=failures, reason=reason, **_names(claim))
        if failures >= self._policy.max_failures:
            return self._give_up(claim, reason)
        delay_s = self._policy.delay_s(claim.failures)
        self._let_go(
            claim,
            lambda: self._store.hand_back(claim, delay_s=delay_s, failed=True, reason=reason),
        )
        return Outcome.FAILED

    def _give_up(self, claim: Claim, reason: str) -> Outcome:
        if not self._store.finish(claim, Result(verdict=Verdict.JE, reason=reason), []):
            return self._lost(claim)
        # The line that an alarm is tied to: a person has to look.
        logger().error("judge_error", reason=reason, **_names(claim))
        self._ring(claim)
        metrics.finished(claim, Verdict.JE, 0)
        return Outcome.FINISHED

    def _hand_back(self, claim: Claim, delay_s: float, reason: str) -> bool:
        logger().info("handed_back", reason=reason, **_names(claim))
        return self._store.hand_back(claim, delay_s=delay_s, failed=False, reason=reason)

    def _let_go(self, claim: Claim, write: Callable[[], bool]) -> None:
        if write():
            self._ring(claim)
        else:
            self._lost(claim)

    def _lost(self, claim: Claim) -> Outcome:
        metrics.CLAIMS_LOST.inc()
        logger().warning("claim_lost", **_names(claim))
        return Outcome.CLAIM_LOST

    def _ring(self, claim: Claim) -> None:
        self._announcer.submission(claim.submission_id)


def _names(claim: Claim) -> dict[str, object]:
    return {
        "judgement": str(claim.judgement_id),
        "submission": str(claim.submission_id),
        "claim": claim.number,
    }
