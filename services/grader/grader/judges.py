"""Which judges there are, which of them take work, and how many of their slots are ours.

Nothing of this is in the database: a judge says itself what it has, and a refusal (503) corrects
what this process believes. `watch` feeds it; `judge_client` uses it.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field

from contracts.judging import Health, Language
from grader import metrics
from grader.ports import Clock

PAUSE_MIN_S = 0.005
PAUSE_MAX_S = 0.2
"""After a refusal a judge is left alone for so long, doubling: other graders use it too."""


@dataclass(eq=False)
class Judge:
    """One judge as this grader knows it.

    Attributes:
        ready: it answers, is not going away, and passed its self-tests.
        held: slots of it that this grader holds.
        others: slots that somebody else held when it was last asked.
        fault: why it is not ready, for people.

    """

    url: str
    ready: bool = False
    slots: int = 0
    held: int = 0
    others: int = 0
    fault: str = "not asked yet"
    languages: dict[str, Language] = field(default_factory=dict)
    paused_until: float = 0.0
    pause_s: float = PAUSE_MIN_S

    def offers(self, language: str) -> bool:
        """Whether it can judge programs in a language."""
        found = self.languages.get(language)
        return found is not None and found.available

    @property
    def free(self) -> int:
        """How many slots are probably free."""
        return self.slots - self.held - self.others


class JudgeDirectory:
    """All judges. Safe for threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._judges: dict[str, Judge] = {}
        self._changed = threading.Condition()

    def keep_only(self, urls: Collection[str]) -> list[Judge]:
        """Make the list of judges this one, and return it. Those that stay keep their state."""
        with self._changed:
            for url in set(self._judges) - set(urls):
                self._judges.pop(url).ready = False
            for url in urls:
                self._judges.setdefault(url, Judge(url))
            self._measure()
            return list(self._judges.values())

    def welcome(self, judge: Judge, health: Health, languages: dict[str, Language]) -> None:
        """Take down what a judge said of itself."""
        with self._changed:
            judge.ready = health.ready
            judge.fault = "" if health.ready else "; ".join(health.problems) or "going away"
            judge.slots = health.slots
            judge.others = max(0, health.slots - health.slots_free - judge.held)
            judge.languages = languages
            self._measure()
            self._changed.notify_all()

    def dismiss(self, judge: Judge, fault: str) -> None:
        """Give a judge no more work until it answers again."""
        with self._changed:
            judge.ready = False
            judge.fault = fault
            self._measure()

    def pause(self, judge: Judge) -> None:
        """Leave a judge alone for a moment: it had no free slot."""
        with self._changed:
            judge.paused_until = self._clock.monotonic() + judge.pause_s
            judge.pause_s = min(PAUSE_MAX_S, judge.pause_s * 2)

    def hold(self, language: str | None = None) -> Judge | None:
        """Hold a slot of the judge with the most free ones, or return None."""
        with self._changed:
            now = self._clock.monotonic()
            usable = [
                judge
                for judge in self._judges.values()
                if judge.ready
                and judge.held < judge.slots
                and judge.paused_until <= now
                and (language is None or judge.offers(language))
            ]
            if not usable:
                return None
            best = max(usable, key=lambda judge: judge.free)
            best.held += 1
            self._measure()
            return best

    def release(self, judge: Judge, *, served: bool) -> None:
        """Give a slot back; `served` when the judge took the work."""
        with self._changed:
            judge.held -= 1
            if served:
                judge.pause_s = PAUSE_MIN_S
                judge.paused_until = 0.0
            self._measure()
            self._changed.notify()

    def wait(self, timeout_s: float) -> None:
        """Wait until a slot may have become free."""
        with self._changed:
            pauses = [
                judge.paused_until - self._clock.monotonic()
                for judge in self._judges.values()
                if judge.ready and judge.held < judge.slots
            ]
            soonest = min([timeout_s, *(max(0.001, pause) for pause in pauses)])
            self._changed.wait(soonest)

    def anybody_offers(self, language: str) -> bool:
        """Whether some judge that is ready can judge programs in a language."""
        with self._changed:
            return any(j.ready and j.offers(language) for j in self._judges.values())

    def ready(self) -> list[Judge]:
        """Return the judges that take work."""
        with self._changed:
            return [judge for judge in self._judges.values() if judge.ready]

    def _measure(self) -> None:
        ready = [judge for judge in self._judges.values() if judge.ready]
        metrics.JUDGES_READY.set(len(ready))
        metrics.JUDGE_SLOTS.set(sum(judge.slots for judge in ready))
        metrics.JUDGE_SLOTS_BUSY.set(sum(judge.held for judge in self._judges.values()))
