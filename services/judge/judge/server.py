"""The judge as a server: opens in the background, and goes away without losing an answer."""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

import structlog
import uvicorn
from starlette.applications import Starlette

from judge.blobs import BlobCache
from judge.http.app import create_app
from judge.http.blobs import Blobs
from judge.http.judgements import Judgements
from judge.http.status import Status
from judge.metrics import Metrics
from judge.opening import open_languages, precompile
from judge.settings import Settings
from judge.slots import FairSlots
from judge.workshop import Plan, Workshop, make_workshop, open_pool

_LOG = structlog.get_logger(__name__)
_LOOK_EVERY_S = 0.05
_END_S = 3


class PatientServer(uvicorn.Server):
    """On the first signal lets nobody new in (503), waits for what runs, then stops."""

    def __init__(self, config: uvicorn.Config, slots: FairSlots, grace_s: float) -> None:
        super().__init__(config)
        self._slots = slots
        self._grace_s = grace_s
        self._draining = False
        self._drainer: asyncio.Task[None] | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A second signal does not wait. Ours is not raised again: leaving is no failure."""
        del sig, frame
        if self._draining:
            self.should_exit = self.force_exit = True
            return
        self._draining = True
        self._slots.close()
        self._drainer = asyncio.get_running_loop().create_task(self._drain())

    async def _drain(self) -> None:
        await self._wait_for_judgings(self._grace_s, cancel=False)
        await self._wait_for_judgings(_END_S, cancel=True)
        self.should_exit = True

    async def _wait_for_judgings(self, seconds: float, *, cancel: bool) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        # the count is changed by threads, so there is no event to await
        while self._slots.admitted and loop.time() < deadline:
            if cancel:
                self._slots.cancel_all()
            await asyncio.sleep(_LOOK_EVERY_S)


def build_app(
    settings: Settings, workshop: Workshop, problems: Callable[[], list[str]]
) -> Starlette:
    """The application around a workshop."""
    blobs = BlobCache(settings.cache_dir / "blobs", settings.cache_bytes)
    metrics = Metrics()
    slots = workshop.slots
    metrics.watch("judge_slots_free", "Slots that nobody holds", lambda: slots.free)
    metrics.watch("judge_admitted", "Judgings that were let in", lambda: slots.admitted)
    metrics.watch(
        "judge_slots_rebuilt",
        "Slots made anew since the start",
        lambda: workshop.pool.health().slots_rebuilt,
    )
    metrics.watch("judge_blob_bytes", "Bytes of test data kept", lambda: blobs.total_bytes)
    executor = ThreadPoolExecutor(slots.size + settings.waiting, thread_name_prefix="judging")
    judgements = Judgements(workshop.bench, workshop.registry, blobs, slots, executor, metrics)
    status = Status(workshop.registry, slots, workshop.pool, metrics, problems)
    return create_app(settings.secret, judgements, Blobs(blobs), status)


def serve(settings: Settings) -> None:
    """Run until a signal; raises SandboxUnavailableError when this host cannot judge."""
    plan = Plan(
        cache_dir=settings.cache_dir,
        slots=settings.slots,
        waiting=settings.waiting,
        compile_cache_bytes=settings.compile_cache_bytes,
        cgroup_root=settings.cgroup_root,
    )
    pool = open_pool(plan, os.environ)
    try:
        workshop = make_workshop(plan, pool)
        health = pool.health()
        _LOG.info("slots are ready", rung=health.rung, slots=health.slots)
        opener = _Opener(workshop, settings.languages)
        app = build_app(settings, workshop, opener.problems)
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=_END_S,
        )
        opener.start()
        PatientServer(config, workshop.slots, settings.grace_seconds).run()
    finally:
        pool.close()


class _Opener:
    """The opening in a thread, and what went wrong in it."""

    def __init__(self, workshop: Workshop, only: frozenset[str]) -> None:
        self._workshop = workshop
        self._only = only
        self._failure = ""

    def start(self) -> None:
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def problems(self) -> list[str]:
        """Why this judge cannot judge; empty when it can."""
        if self._failure:
            return [self._failure]
        if self._workshop.registry.complete and not self._workshop.registry.offered():
            return ["no language passed its self-test"]
        return []

    def _open(self) -> None:
        try:
            open_languages(self._workshop, self._only)
            precompile(self._workshop)
        except Exception as error:
            self._failure = f"the opening failed: {type(error).__name__}: {error}"
            _LOG.exception("the opening failed")
            raise
