"""What the story of a judgement needs from the world, as protocols.

The real ones are `store`, `judge_client`, `announcer` and `clock`; the fakes of `grader.fakes`
pass the same tests.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar
from uuid import UUID

from contracts.judging import (
    Event,
    JudgingRequest,
    Language,
    PlaygroundRequest,
    RunFinished,
)
from contracts.queues import Lane
from contracts.verdicts import State
from grader.work import Claim, PlaygroundClaim, Result, Waiting


class Clock(Protocol):
    """Time that only moves forward."""

    def monotonic(self) -> float:
        """Return seconds since some moment."""
        ...


C_contra = TypeVar("C_contra", contravariant=True)


class ClaimStore(Protocol[C_contra]):
    """What is done with a claim. Every write is fenced by the claim's number.

    The writes return False when the claim was lost: nothing was written then.
    """

    def record(self, claim: C_contra, state: State, runs: Sequence[RunFinished]) -> bool:
        """Write how far it is, add runs, and prolong the lease."""
        ...

    def prolong(self, claim: C_contra) -> bool:
        """Hold the claim for another lease."""
        ...

    def finish(self, claim: C_contra, result: Result, runs: Sequence[RunFinished]) -> bool:
        """Add the last runs and write how it ended."""
        ...

    def hand_back(self, claim: C_contra, *, delay_s: float, failed: bool, reason: str) -> bool:
        """Let go: queued again, not to be claimed before the delay; `failed` counts a fault."""
        ...


class JudgementStore(ClaimStore[Claim], Protocol):
    """The judgements and their runs."""

    def waiting(self, lane: Lane) -> list[Waiting]:
        """Return judgements of a lane that may be claimed, oldest first, some for each user."""
        ...

    def claim(self, candidates: Sequence[UUID]) -> Claim | None:
        """Take the first of these that nobody has, or None. Runs of earlier claims go."""
        ...


class PlaygroundStore(ClaimStore[PlaygroundClaim], Protocol):
    """The playground runs. They have no delay: the user waits at the screen."""

    def claim(self, run_id: UUID) -> PlaygroundClaim | None:
        """Take the run unless somebody has it or it is finished."""
        ...


class BlobSource(Protocol):
    """Files by content, to be given to a judge that lacks them."""

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield a file piece by piece; no transaction is open between two pieces."""
        ...


class Room(Protocol):
    """A free slot of some judge, held by this grader."""

    def judge(
        self, request: JudgingRequest | PlaygroundRequest, trace_id: str
    ) -> Generator[Event | None, None, None]:
        """Ask the judge and yield what it says; None when nothing came for a moment.

        Closing the iterator ends the judging at once.

        Raises:
            NoRoomError: no judge took the request.
            MachineryError: the judge took it and failed.

        """
        ...


class JudgeClient(Protocol):
    """All judges together."""

    def room(self) -> AbstractContextManager[Room]:
        """Wait until some judge has a free slot and hold it.

        Raises:
            DrainingError: the grader is going away.

        """
        ...


class LanguageStore(Protocol):
    """The languages as the site shows them."""

    def write(self, languages: Sequence[Language]) -> None:
        """Write down what is offered now; what is missing is no longer available."""
        ...


class Announcer(Protocol):
    """Rings doorbells. Never raises: who misses one reads again by polling."""

    def submission(self, submission_id: UUID) -> None:
        """Say that a submission changed."""
        ...

    def playground_run(self, run_id: UUID) -> None:
        """Say that a playground run changed."""
        ...
