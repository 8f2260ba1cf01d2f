"""Hands doorbells from one subscriber to the streams of this process.

A stream keeps the newest version of each of its topics and nothing else: a reader who is slow
gets fewer doorbells, never a longer queue, and misses no change.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from api import metrics
from api.errors import Unavailable
from contracts.live import Doorbell

KNOWN_MAX: Final = 10_000
"""Topics whose newest version is remembered for those who come back."""


class Stream:
    """The doorbells that wait for one reader."""

    def __init__(self, versions: dict[str, int]) -> None:
        """Begin with one doorbell for each topic: what rang before we listened is not lost."""
        self._changed = threading.Condition()
        self._waiting = dict(versions)
        self._sent = dict(versions)
        self._ended = False

    def ring(self, doorbell: Doorbell) -> None:
        """Put a doorbell in; it replaces an older one of its topic."""
        with self._changed:
            before = self._waiting.get(doorbell.topic, 0)
            self._waiting[doorbell.topic] = max(doorbell.version, before)
            self._changed.notify()

    def ring_all(self) -> None:
        """Ring for every topic: something may have been missed."""
        with self._changed:
            self._waiting = {**self._sent, **self._waiting}
            self._changed.notify()

    def end(self) -> None:
        """Tell the reader to come back to another process."""
        with self._changed:
            self._ended = True
            self._changed.notify()

    def wait(self, timeout_s: float) -> list[Doorbell] | None:
        """Return what rang, at the latest after the timeout; None when the stream has ended."""
        with self._changed:
            if not self._waiting and not self._ended:
                self._changed.wait(timeout_s)
            if self._ended:
                return None
            rung, self._waiting = self._waiting, {}
        for topic, version in rung.items():
            self._sent[topic] = max(version, self._sent[topic])
        return [Doorbell(topic=topic, version=version) for topic, version in rung.items()]


class Hub:
    """All streams of this process."""

    def __init__(self, max_streams: int) -> None:
        self._max_streams = max_streams
        self._lock = threading.Lock()
        self._streams: set[Stream] = set()
        self._by_topic: dict[str, set[Stream]] = defaultdict(set)
        self._known: OrderedDict[str, int] = OrderedDict()
        self._closed = False

    @contextmanager
    def watching(self, topics: Sequence[str], seen: int = 0) -> Iterator[Stream]:
        """Give a stream of these topics until its reader is gone.

        Args:
            topics: their names.
            seen: the highest version the reader has seen (Last-Event-ID); the first doorbells
                are not below it, so that nobody ignores them.

        Raises:
            Unavailable: there are as many streams as this process can hold.

        """
        stream = self._open(topics, seen)
        metrics.LIVE_STREAMS.inc()
        try:
            yield stream
        finally:
            metrics.LIVE_STREAMS.dec()
            self._close(stream, topics)

    def ring(self, doorbell: Doorbell) -> None:
        """Hand a doorbell to those who watch its topic."""
        with self._lock:
            known = self._known.pop(doorbell.topic, 0)
            self._known[doorbell.topic] = max(known, doorbell.version)
            if len(self._known) > KNOWN_MAX:
                self._known.popitem(last=False)
            watching = list(self._by_topic.get(doorbell.topic, ()))
        for stream in watching:
            stream.ring(doorbell)

    def ring_all(self) -> None:
        """Tell every reader to read again: we were deaf for a while."""
        for stream in self._all():
            stream.ring_all()

    def close(self) -> None:
        """End all streams; this process is going away."""
        with self._lock:
            self._closed = True
        for stream in self._all():
            stream.end()

    def _open(self, topics: Sequence[str], seen: int) -> Stream:
        with self._lock:
            if self._closed or len(self._streams) >= self._max_streams:
                raise Unavailable
            stream = Stream({topic: max(self._known.get(topic, 0), seen) for topic in topics})
            self._streams.add(stream)
            for topic in topics:
                self._by_topic[topic].add(stream)
        return stream

    def _close(self, stream: Stream, topics: Sequence[str]) -> None:
        with self._lock:
            self._streams.discard(stream)
            for topic in topics:
                self._by_topic[topic].discard(stream)
                if not self._by_topic[topic]:
                    del self._by_topic[topic]

    def _all(self) -> list[Stream]:
        with self._lock:
            return list(self._streams)
