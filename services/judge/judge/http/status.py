"""GET /v1/languages, /v1/health and /metrics."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from contracts.judging import Health, Languages
from judge.errors import BusyError
from judge.http.answers import json_answer
from judge.languages.registry import Registry
from judge.metrics import Metrics
from judge.sandbox.interface import SlotPool
from judge.slots import FairSlots

_RETRY_AFTER_S = 2


@dataclass(frozen=True, slots=True)
class Status:
    """The calls that change nothing. `problems` says what is wrong with this judge now."""

    registry: Registry
    slots: FairSlots
    pool: SlotPool
    metrics: Metrics
    problems: Callable[[], list[str]]

    async def languages(self, _request: Request) -> Response:
        """Every language, once each was tried."""
        if not self.registry.complete:
            raise BusyError("the languages' self-tests are still running", _RETRY_AFTER_S)
        return json_answer(Languages(languages=self.registry.described()))

    async def health(self, _request: Request) -> Response:
        """200 when it can judge, else 503; the same body."""
        problems = self.problems()
        if not self.registry.complete:
            problems.append("the languages' self-tests are still running")
        health = Health(
            ready=not problems,
            rung=self.pool.health().rung,
            slots=self.slots.size,
            slots_free=self.slots.free,
            problems=problems,
        )
        return json_answer(health, 200 if health.ready else 503)

    async def exposition(self, _request: Request) -> Response:
        """Counters for Prometheus."""
        return Response(self.metrics.exposition(), media_type="text/plain; version=0.0.4")
