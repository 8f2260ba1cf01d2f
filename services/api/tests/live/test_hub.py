from __future__ import annotations

import threading
import time

import pytest

from api.errors import Unavailable
from api.live.events import Lines
from api.live.hub import Hub, Stream
from contracts.live import Doorbell


def bell(topic: str, version: int) -> Doorbell:
    return Doorbell(topic=topic, version=version)


def rung(stream: Stream) -> dict[str, int]:
    found = stream.wait(0)
    assert found is not None
    return {doorbell.topic: doorbell.version for doorbell in found}


def test_each_topic_rings_once_at_once() -> None:
    hub = Hub(10)
    with hub.watching(["a", "b"]) as stream:
        assert rung(stream) == {"a": 0, "b": 0}
        assert rung(stream) == {}


def test_a_doorbell_reaches_those_who_watch_its_topic_and_nobody_else() -> None:
    hub = Hub(10)
    with hub.watching(["a"]) as first, hub.watching(["a", "b"]) as both, hub.watching(["b"]) as b:
        for stream in (first, both, b):
            rung(stream)
        hub.ring(bell("a", 5))
        assert [rung(stream) for stream in (first, both, b)] == [{"a": 5}, {"a": 5}, {}]


def test_a_slow_reader_gets_the_newest_and_no_queue() -> None:
    hub = Hub(10)
    with hub.watching(["a"]) as stream:
        for version in (1, 900, 3):
            hub.ring(bell("a", version))
        assert rung(stream) == {"a": 900}


def test_a_reader_who_comes_back_is_never_told_less_than_it_has_seen() -> None:
    hub = Hub(10)
    hub.ring(bell("a", 7))
    with hub.watching(["a", "b"], seen=5) as stream:
        assert rung(stream) == {"a": 7, "b": 5}


def test_after_deafness_everybody_reads_again() -> None:
    hub = Hub(10)
    with hub.watching(["a", "b"]) as stream:
        rung(stream)
        hub.ring(bell("a", 4))
        rung(stream)
        hub.ring_all()
        assert rung(stream) == {"a": 4, "b": 0}


def test_a_waiting_reader_wakes_up() -> None:
    hub = Hub(10)
    with hub.watching(["a"]) as stream:
        rung(stream)
        threading.Timer(0.05, hub.ring, [bell("a", 1)]).start()
        started = time.monotonic()
        found = stream.wait(5)
        assert found == [bell("a", 1)]
        assert time.monotonic() - started < 2


def test_a_full_or_closing_hub_takes_nobody() -> None:
    hub = Hub(1)
    with hub.watching(["a"]) as stream:
        with pytest.raises(Unavailable), hub.watching(["a"]):
            pass
        hub.close()
        assert stream.wait(0) is None
    with pytest.raises(Unavailable), hub.watching(["a"]):
        pass


def test_a_reader_who_left_frees_its_place() -> None:
    hub = Hub(1)
    for _ in range(3):
        with hub.watching(["a"]):
            pass
    assert hub._by_topic == {}
    assert hub._streams == set()


def test_versions_of_long_forgotten_topics_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.live.hub.KNOWN_MAX", 2)
    hub = Hub(1)
    for version, topic in enumerate("abcab"):
        hub.ring(bell(topic, version))
    assert dict(hub._known) == {"a": 3, "b": 4}


def test_a_stream_is_lines_with_a_heartbeat_and_leaves_when_closed() -> None:
    hub = Hub(1)
    lines = Lines(hub.watching(["a"]), heartbeat_s=0.01)
    assert next(lines) == "retry: 2000\n\n"
    assert next(lines) == 'event: doorbell\nid: 0\ndata: {"topic":"a","version":0}\n\n'
    assert next(lines) == ": still here\n\n"
    hub.close()
    assert list(lines) == []
    lines.close()
    lines.close()
    assert hub._streams == set()


def test_a_stream_that_nobody_began_to_read_leaves_too() -> None:
    hub = Hub(1)
    Lines(hub.watching(["a"])).close()
    assert hub._streams == set()
