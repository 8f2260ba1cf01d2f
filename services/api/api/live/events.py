"""The text of an event stream. Pure but for the waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final

import msgspec

from api import metrics
from api.live.hub import Stream
from contracts.live import Doorbell

HEARTBEAT_S: Final = 10.0
"""Proxies and clients are promised a line every 15 s."""
RETRY_MS: Final = 2000


def event(doorbell: Doorbell) -> str:
    """Return one event. Its id is the version, so that a browser that comes back names it."""
    data = msgspec.json.encode(doorbell).decode()
    return f"event: doorbell\nid: {doorbell.version}\ndata: {data}\n\n"


class Lines:
    """What is sent down a stream. Opened at once; closed by the server when the reader is gone.

    A generator would not do: one that was never begun is closed without its `finally`, and would
    leave its stream in the hub.
    """

    def __init__(
        self, watching: AbstractContextManager[Stream], heartbeat_s: float = HEARTBEAT_S
    ) -> None:
        self._watching = watching
        self._heartbeat_s = heartbeat_s
        self._stream = watching.__enter__()
        self._is_first = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._is_first:
            self._is_first = False
            return f"retry: {RETRY_MS}\n\n"
        rung = self._stream.wait(self._heartbeat_s)
        if rung is None:
            raise StopIteration
        metrics.LIVE_EVENTS.inc(len(rung))
        return "".join(event(doorbell) for doorbell in rung) or ": still here\n\n"

    def close(self) -> None:
        """Leave the hub. WSGI servers call this however the answer ends."""
        self._watching.__exit__(None, None, None)


def last_seen(last_event_id: str) -> int:
    """Return the version in a `Last-Event-ID`; 0 for anything else."""
    # No more digits than a version in milliseconds has: int() of a megabyte of digits is slow.
    return int(last_event_id) if last_event_id.isdecimal() and len(last_event_id) <= 18 else 0  # noqa: PLR2004
