"""Whose turn it is within a lane. The order is pure; `Turns` remembers who was served lately."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from uuid import UUID

from contracts.queues import Lane
from grader.ports import Clock, JudgementStore
from grader.work import Claim, Waiting

MEMORY_S = 30.0
"""Somebody served this lately stands behind somebody who was not."""
FRESH_S = 0.25
"""A look at a long queue costs milliseconds; so a look serves for a moment. It can be stale
without harm: the claim itself takes only what is still free."""


def fair_order(waiting: Sequence[Waiting], served: Mapping[UUID, int]) -> list[UUID]:
    """Return the judgements in the order of their turns.

    The n-th judgement of a user who was served m times lately has turn n + m; lower turns come
    first, and older judgements first within a turn. So a thousand submissions of one user stand
    behind the first one of everybody else, and nobody waits for ever.

    Args:
        waiting: oldest first.
        served: how often each user was served lately.

    """
    nth: Counter[UUID] = Counter()
    turns: list[tuple[int, int, UUID]] = []
    for age, one in enumerate(waiting):
        nth[one.user_id] += 1
        turns.append((nth[one.user_id] + served.get(one.user_id, 0), age, one.judgement_id))
    return [judgement_id for _, _, judgement_id in sorted(turns)]


class Turns:
    """Claims the next judgement of a lane. One for each process, used by all its threads."""

    def __init__(self, store: JudgementStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._served: deque[tuple[float, UUID]] = deque()
        self._looked: dict[Lane, tuple[float, list[UUID]]] = {}

    def claim_next(self, lane: Lane) -> Claim | None:
        """Take the judgement whose turn it is, or None when nothing waits."""
        candidates = self._candidates(lane, fresh=False)
        claim = self._store.claim(candidates) if candidates else None
        if claim is None:
            # What was seen is gone; only a new look can say that nothing waits.
            candidates = self._candidates(lane, fresh=True)
            claim = self._store.claim(candidates) if candidates else None
        if claim is not None:
            self._remember(lane, claim)
        return claim

    def _candidates(self, lane: Lane, *, fresh: bool) -> list[UUID]:
        now = self._clock.monotonic()
        with self._lock:
            looked_at, known = self._looked.get(lane, (-FRESH_S, []))
            if not fresh and now - looked_at < FRESH_S:
                return list(known)
        waiting = self._store.waiting(lane)
        with self._lock:
            while self._served and now - self._served[0][0] > MEMORY_S:
                self._served.popleft()
            ordered = fair_order(waiting, Counter(user for _, user in self._served))
            self._looked[lane] = (now, ordered)
            return list(ordered)

    def _remember(self, lane: Lane, claim: Claim) -> None:
        with self._lock:
            self._served.append((self._clock.monotonic(), claim.user_id))
            _, known = self._looked.get(lane, (0.0, []))
            if claim.judgement_id in known:
                known.remove(claim.judgement_id)
