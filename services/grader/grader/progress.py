"""Follows one judging: gathers what the judge says, writes it in batches and keeps the lease.

Two hundred test cases of a millisecond are two commits and two doorbells, not two hundred; a slow
test case is seen at once. Everything runs in the grader's thread, woken by the stream's ticks.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import Generic, TypeVar

from contracts.judging import Compiled, Event, Finished, RunFinished
from contracts.verdicts import State
from grader.draining import Draining
from grader.errors import ClaimLostError, DrainingError
from grader.ports import ClaimStore, Clock
from grader.work import Findings

C = TypeVar("C")

FLUSH_INTERVAL_S = 0.2
"""At most five writes and doorbells a second for each judging."""


class Progress(Generic[C]):
    """One claim on its way."""

    def __init__(
        self,
        store: ClaimStore[C],
        claim: C,
        *,
        ring: Callable[[], None],
        clock: Clock,
        draining: Draining,
        lease_s: float,
    ) -> None:
        self._store = store
        self._claim = claim
        self._ring = ring
        self._clock = clock
        self._draining = draining
        self._lease_s = lease_s
        self._written = 0
        self._written_state = State.COMPILING
        self._flushed_at = self._kept_at = clock.monotonic()
        self.findings = Findings()

    def follow(self, events: Generator[Event | None, None, None]) -> Findings:
        """Listen until the judge has finished, and return all that it said.

        Raises:
            ClaimLostError: somebody else has the claim.
            DrainingError: the grader's grace period is over.

        """
        # Closing a generator ends the judging at once, whatever made us leave.
        with closing(events):
            for event in events:
                if event is not None:
                    self._hear(event)
                if self.findings.finished:
                    break
                self._keep()
        return self.findings

    @property
    def unwritten(self) -> list[RunFinished]:
        """The runs that are not in the database yet."""
        return self.findings.runs[self._written :]

    def _hear(self, event: Event) -> None:
        match event:
            case Compiled():
                self.findings.compiled = event.ok
                self.findings.compile_output = event.output
            case RunFinished():
                self.findings.runs.append(event)
            case Finished():
                self.findings.finished = True
                self.findings.broken = event.broken
            case _:
                pass  # compiling and heartbeats only show that the judge lives

    def _keep(self) -> None:
        if self._draining.over:
            raise DrainingError("The grader is going away.")
        now = self._clock.monotonic()
        if now - self._flushed_at >= FLUSH_INTERVAL_S and self._has_news:
            self._flush(now)
        elif now - self._kept_at >= self._lease_s / 3:
            self._kept_at = now
            self._check(held=self._store.prolong(self._claim))

    @property
    def _state(self) -> State:
        return State.RUNNING if self.findings.compiled else State.COMPILING

    @property
    def _has_news(self) -> bool:
        return bool(self.unwritten) or self._state is not self._written_state

    def _flush(self, now: float) -> None:
        self._flushed_at = self._kept_at = now
        self._check(held=self._store.record(self._claim, self._state, self.unwritten))
        self._written = len(self.findings.runs)
        self._written_state = self._state
        self._ring()

    def _check(self, *, held: bool) -> None:
        if not held:
            raise ClaimLostError("Another grader has taken it over.")
