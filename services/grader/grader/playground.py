"""The story of one playground run: as in `grading`, but for one who waits at the screen."""

from __future__ import annotations

from uuid import UUID

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
from grader.grading import Outcome, Policy
from grader.logs import logger
from grader.ports import Announcer, Clock, JudgeClient, PlaygroundStore, Room
from grader.progress import Progress
from grader.verdict import decide
from grader.work import PlaygroundClaim, Result


class Playground:
    """Carries out playground runs, one at a time for each thread."""

    def __init__(
        self,
        *,
        store: PlaygroundStore,
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

    def run(self, run_id: UUID, trace_id: str) -> Outcome:
        """Carry out a playground run unless somebody has it already.

        Raises:
            DrainingError: the grader is going away and has let go of the run.

        """
        with self._judges.room() as room:
            claim = self._store.claim(run_id)
            if claim is None:
                return Outcome.NOTHING_TO_DO
            return self._carry_out(claim, room, trace_id)

    def _carry_out(self, claim: PlaygroundClaim, room: Room, trace_id: str) -> Outcome:
        try:
            return self._judge(claim, room, trace_id)
        except ClaimLostError:
            logger().warning("claim_lost", playground_run=str(claim.run_id))
            return Outcome.CLAIM_LOST
        except DrainingError:
            self._hand_back(claim, "The grader went away.", failed=False)
            raise
        except NoRoomError as error:
            self._hand_back(claim, str(error), failed=False)
            return Outcome.NO_ROOM
        except MachineryError as error:
            return self._failed(claim, str(error))
        except UnfitError as error:
            return self._give_up(claim, str(error))

    def _judge(self, claim: PlaygroundClaim, room: Room, trace_id: str) -> Outcome:
        if claim.failures >= self._policy.max_failures:
            raise UnfitError(f"Lost {claim.failures} times by a grader or judge that went away.")
        request = plan.playground(claim)
        progress = Progress(
            self._store,
            claim,
            ring=lambda: self._announcer.playground_run(claim.run_id),
            clock=self._clock,
            draining=self._draining,
            lease_s=self._policy.lease_s,
        )
        findings = progress.follow(room.judge(request, trace_id))
        verdict = decide(findings, [case.ordinal for case in request.cases])
        # Own input has nothing to compare with: that the program ran well is not an "accepted".
        shown = None if verdict is Verdict.AC and not claim.material.on_samples else verdict
        result = Result(verdict=shown, compile_output=findings.compile_output)
        if not self._store.finish(claim, result, progress.unwritten):
            raise ClaimLostError("Another grader has taken it over.")
        self._announcer.playground_run(claim.run_id)
        metrics.PLAYGROUND_RUNS.inc()
        return Outcome.FINISHED

    def _failed(self, claim: PlaygroundClaim, reason: str) -> Outcome:
        failures = claim.failures + 1
        metrics.MACHINERY_FAILURES.inc()
        logger().warning(
            "playground_failed", playground_run=str(claim.run_id), failures=failures, reason=reason
        )
        if failures >= self._policy.max_failures:
            return self._give_up(claim, reason)
        self._hand_back(claim, reason, failed=True)
        return Outcome.FAILED

    def _give_up(self, claim: PlaygroundClaim, reason: str) -> Outcome:
        logger().error("judge_error", playground_run=str(claim.run_id), reason=reason)
        self._store.finish(claim, Result(verdict=Verdict.JE, reason=reason), [])
        self._announcer.playground_run(claim.run_id)
        return Outcome.FINISHED

    def _hand_back(self, claim: PlaygroundClaim, reason: str, *, failed: bool) -> None:
        self._store.hand_back(claim, delay_s=0.0, failed=failed, reason=reason)
        self._announcer.playground_run(claim.run_id)
