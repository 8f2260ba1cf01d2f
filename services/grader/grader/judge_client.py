"""Chooses a judge for each judging, and tells busy, broken and lost apart.

Busy (503) and unreachable judges cost the submission nothing: another judge is asked, or the same
one a moment later. A judge that took the work and failed is a counted failure.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from contracts.judging import Event, JudgingRequest, PlaygroundRequest
from grader.draining import Draining
from grader.errors import DrainingError, JudgeLostError, MachineryError, NoRoomError
from grader.judges import Judge, JudgeDirectory
from grader.logs import logger
from grader.ports import BlobSource, Clock
from grader.wire import (
    TICK_S,
    BusyError,
    Conversation,
    LanguageUnknownError,
    UnreachableError,
    Wire,
)

PATIENCE_S = 20.0
"""A claimed judgement waits so long for a judge before it is handed back."""
HAND_BACK_S = 2.0
IDLE_LOOK_S = 0.5
"""How often a waiting thread looks whether the grader is going away."""


class HttpJudges:
    """The judges over HTTP."""

    def __init__(
        self,
        directory: JudgeDirectory,
        wire: Wire,
        blobs: BlobSource,
        *,
        clock: Clock,
        draining: Draining,
    ) -> None:
        self._directory = directory
        self._wire = wire
        self._blobs = blobs
        self._clock = clock
        self._draining = draining

    @contextmanager
    def room(self) -> Iterator[HeldRoom]:
        """Wait until some judge has a free slot and hold it."""
        while (judge := self._directory.hold()) is None:
            if self._draining.begun.is_set():
                raise DrainingError("The grader is going away.")
            self._directory.wait(IDLE_LOOK_S)
        room = HeldRoom(self._directory, self._wire, self._blobs, self._clock, judge)
        try:
            if self._draining.begun.is_set():
                raise DrainingError("The grader is going away.")
            yield room
        finally:
            room.leave(served=False)


class HeldRoom:
    """A slot of one judge; moves to another judge when that one does not take the work."""

    def __init__(
        self,
        directory: JudgeDirectory,
        wire: Wire,
        blobs: BlobSource,
        clock: Clock,
        judge: Judge,
    ) -> None:
        self._directory = directory
        self._wire = wire
        self._blobs = blobs
        self._clock = clock
        self._judge: Judge | None = judge

    def leave(self, *, served: bool) -> None:
        """Give the slot back."""
        if self._judge is not None:
            self._directory.release(self._judge, served=served)
            self._judge = None

    def judge(
        self, request: JudgingRequest | PlaygroundRequest, trace_id: str
    ) -> Generator[Event | None, None, None]:
        """Ask the judge and yield what it says; None when nothing came for a moment."""
        language = request.program.language
        give_up_at = self._clock.monotonic() + PATIENCE_S
        if self._judge is not None and not self._judge.offers(language):
            self.leave(served=False)
        while True:
            while self._judge is None:
                self._judge = self._directory.hold(language)
                if self._judge is None:
                    self._check_patience(language, give_up_at)
                    self._directory.wait(TICK_S)
                    yield None
            judge = self._judge
            try:
                talk = Conversation(self._wire, self._blobs, judge.url, request, trace_id)
                yield from talk.events()
            except BusyError:
                self._directory.pause(judge)
            except UnreachableError as error:
                logger().warning("judge_unreachable", judge=judge.url, reason=str(error))
                self._directory.dismiss(judge, str(error))
            except LanguageUnknownError:
                judge.languages.pop(language, None)
            except JudgeLostError as error:
                self._directory.dismiss(judge, str(error))
                raise
            else:
                self.leave(served=True)
                return
            self.leave(served=False)

    def _check_patience(self, language: str, give_up_at: float) -> None:
        if self._directory.ready() and not self._directory.anybody_offers(language):
            raise MachineryError(f"No judge offers {language}.")
        if self._clock.monotonic() >= give_up_at:
            raise NoRoomError("No judge had a free slot.", HAND_BACK_S)
