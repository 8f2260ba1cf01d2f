"""POST /v1/judgements and /v1/playground-runs: check the request, then stream the judging."""

import asyncio
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass

import structlog
from starlette.requests import Request
from starlette.responses import Response

from contracts.judging import (
    TRACE_HEADER,
    Blob,
    Checker,
    Event,
    Finished,
    Interactor,
    JudgingRequest,
    PlaygroundRequest,
    Program,
    RunLimits,
)
from judge.blobs import BlobCache, is_blob_name
from judge.cases import SentCase, StoredCase
from judge.errors import MalformedRequestError
from judge.http.answers import read_body
from judge.http.stream import EventStream, Work
from judge.judging import Bench, Emit, Order, judge
from judge.languages.entry import Prepared, prepare
from judge.languages.registry import Installed, Registry
from judge.metrics import Metrics
from judge.referee import Referee, referee_for
from judge.slots import FairSlots, Turn

_LOG = structlog.get_logger(__name__)
_LONGEST_CPU_MS = 10 * 60 * 1000
_LEAST_MEMORY_KIB = 1024
_MOST_MEMORY_KIB = 64 << 20
_MOST_OUTPUT_KIB = 1 << 20
_MOST_PROCESSES = 4096
_MOST_CAPTURE_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Judgements:
    """The two calls that judge."""

    bench: Bench
    registry: Registry
    blobs: BlobCache
    slots: FairSlots
    executor: Executor
    metrics: Metrics

    async def judge_submission(self, request: Request) -> Response:
        """Judge a program on stored test cases."""
        wanted = await read_body(request, JudgingRequest)
        language, prepared = self._program(wanted.program, wanted.limits)
        stored = [blob for case in wanted.cases for blob in (case.input, case.answer)]
        if not all(is_blob_name(blob.sha256) and blob.size >= 0 for blob in stored):
            raise MalformedRequestError("a blob is named by a lower-case hex SHA-256")
        order = Order(
            language=language,
            prepared=prepared,
            limits=wanted.limits,
            cases=[StoredCase(case, self.blobs) for case in wanted.cases],
            checker=wanted.checker,
            referee=self._referee(wanted.checker, wanted.interactor),
            stop_at_failure=wanted.stop_at_failure,
        )
        log = _LOG.bind(
            judgement_id=wanted.judgement_id,
            claim=wanted.claim,
            trace_id=request.headers.get(TRACE_HEADER),
        )
        return await self._start(order, stored, log)

    async def run_playground(self, request: Request) -> Response:
        """Run a program on the inputs that came along."""
        wanted = await read_body(request, PlaygroundRequest)
        language, prepared = self._program(wanted.program, wanted.limits)
        order = Order(
            language=language,
            prepared=prepared,
            limits=wanted.limits,
            cases=[SentCase(case) for case in wanted.cases],
            checker=wanted.checker,
            referee=self._referee(wanted.checker, None),
            stop_at_failure=False,
            capture_bytes=max(0, min(wanted.capture_bytes, _MOST_CAPTURE_BYTES)),
        )
        log = _LOG.bind(
            playground_run_id=wanted.playground_run_id,
            trace_id=request.headers.get(TRACE_HEADER),
        )
        return await self._start(order, [], log)

    def _program(self, program: Program, limits: RunLimits) -> tuple[Installed, Prepared]:
        _check_limits(limits)
        language = self.registry.find(program.language)
        return language, prepare(language.data, program)

    def _referee(self, checker: Checker, interactor: Interactor | None) -> Referee | None:
        referee = referee_for(self.registry, checker, interactor)
        if referee is not None:
            _check_limits(referee.limits)
        return referee

    async def _start(
        self, order: Order, stored: list[Blob], log: structlog.stdlib.BoundLogger
    ) -> Response:
        pins = await asyncio.to_thread(self._pin, stored)  # may have to hash large files
        try:
            turn = self.slots.admit()
        except BaseException:
            pins.close()
            raise
        return EventStream(self._work(order, turn, pins, log), turn, self.executor)

    def _pin(self, stored: list[Blob]) -> ExitStack:
        with ExitStack() as stack:
            stack.enter_context(self.blobs.pinned(stored))
            return stack.pop_all()

    def _work(
        self, order: Order, turn: Turn, pins: ExitStack, log: structlog.stdlib.BoundLogger
    ) -> Work:
        language = order.language.data.id

        def work(emit: Emit) -> None:
            def tell(event: Event) -> None:
                self.metrics.note(event, language)
                if isinstance(event, Finished):
                    log.info("judged", language=language, broken=event.broken)
                emit(event)

            with pins:
                judge(self.bench, order, turn, tell)

        return work


def _check_limits(limits: RunLimits) -> None:
    sensible = (
        1 <= limits.cpu_time_ms <= _LONGEST_CPU_MS
        and _LEAST_MEMORY_KIB <= limits.memory_kib <= _MOST_MEMORY_KIB
        and 1 <= limits.output_kib <= _MOST_OUTPUT_KIB
        and 1 <= limits.processes <= _MOST_PROCESSES
    )
    if not sensible:
        raise MalformedRequestError("a limit is out of the range that a judge can keep")
