"""The streamed answer by itself: heartbeats while silent, an end when nobody listens."""

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts.judging import Compiling, Event, Finished
from judge.http.stream import EventStream
from judge.sandbox.fakes import FakeSlotPool
from judge.slots import FairSlots, Turn

Emit = Callable[[Event], None]


def serve(
    work: Callable[[Emit, Turn], None], *, disconnect_after: float | None = None
) -> tuple[list[str], FairSlots]:
    """The events that were sent, and the slots afterwards."""
    slots = FairSlots(FakeSlotPool(size=1), 0)
    turn = slots.admit()
    sent: list[bytes] = []

    async def receive() -> dict[str, Any]:
        if disconnect_after is None:
            await asyncio.Event().wait()
        else:
            await asyncio.sleep(disconnect_after)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI's own shape
        sent.append(message.get("body", b""))

    with ThreadPoolExecutor(1) as threads:
        stream = EventStream(lambda emit: work(emit, turn), turn, threads, heartbeat_s=0.02)
        asyncio.run(asyncio.wait_for(stream({"type": "http"}, receive, send), 10))
    lines = b"".join(sent).splitlines()
    return [json.loads(line)["event"] for line in lines], slots


def test_silence_is_filled_with_heartbeats() -> None:
    def work(emit: Emit, _turn: Turn) -> None:
        emit(Compiling())
        threading.Event().wait(0.3)
        emit(Finished())

    events, slots = serve(work)
    assert events[0] == "compiling"
    assert events[-1] == "finished"
    assert "heartbeat" in events
    assert slots.admitted == 0


def test_work_ends_when_nobody_listens_and_everything_is_given_back() -> None:
    noticed = threading.Event()

    def work(_emit: Emit, turn: Turn) -> None:
        slot = turn.slot()
        while not slot.cancelled.is_set():  # type: ignore[attr-defined]
            threading.Event().wait(0.001)
        noticed.set()
        turn.check()

    _, slots = serve(work, disconnect_after=0.03)
    assert noticed.is_set()
    assert (slots.admitted, slots.free) == (0, 1)


def test_work_that_fails_ends_the_stream_without_finished() -> None:
    def work(emit: Emit, _turn: Turn) -> None:
        emit(Compiling())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        serve(work)
