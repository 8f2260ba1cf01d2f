"""The live role on a real Redis: subscriber, streams, health."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator

import msgspec
import pytest
from flask import Flask

from api.app import create_app
from api.live.hub import Hub
from api.live.subscriber import Subscriber
from api.redis_testing import RedisServer
from api.resources import Resources
from api.settings import Role
from api.testing import Cast, Client, make_cast, visitor
from api.web.context import LIVE_HUB, LIVE_SUBSCRIBER
from contracts.live import CHANNEL, Doorbell
from database.base import new_id

pytestmark = [pytest.mark.database, pytest.mark.redis]


def eventually(check: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def ring(server: RedisServer, topic: str, version: int) -> None:
    doorbell = Doorbell(topic=topic, version=version)
    server.client().publish(CHANNEL, msgspec.json.encode(doorbell))


@pytest.fixture
def live(resources: Resources, redis_server: RedisServer) -> Iterator[Flask]:
    settings = dataclasses.replace(
        resources.settings, role=Role.LIVE, redis_url=redis_server.url, live_max_streams=2
    )
    app = create_app(resources=dataclasses.replace(resources, settings=settings))
    assert app.extensions[LIVE_SUBSCRIBER].wait_until_listening(10)
    yield app
    app.extensions[LIVE_SUBSCRIBER].stop()


@pytest.fixture
def people(live: Flask, resources: Resources) -> Cast:
    return make_cast(live, resources.sessions, resources.clock)


def test_a_doorbell_travels_from_redis_to_a_visitors_stream(
    live: Flask, redis_server: RedisServer
) -> None:
    topic = f"submission:{new_id()}"
    answer = visitor(live).get(f"/live?topic={topic}", headers={"Last-Event-ID": "41"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/event-stream")
    assert answer.headers["X-Accel-Buffering"] == "no"
    lines = iter(answer.response)
    assert next(lines) == b"retry: 2000\n\n"
    expected = f'event: doorbell\nid: 41\ndata: {{"topic":"{topic}","version":41}}\n\n'
    assert next(lines) == expected.encode()
    ring(redis_server, topic, 42)
    assert b"id: 42\n" in next(lines)
    answer.close()
    assert live.extensions[LIVE_HUB]._streams == set()


def test_an_unreadable_doorbell_is_passed_over(live: Flask, redis_server: RedisServer) -> None:
    topic = f"submission:{new_id()}"
    answer = visitor(live).get(f"/live?topic={topic}")
    lines = iter(answer.response)
    next(lines)
    next(lines)
    redis_server.client().publish(CHANNEL, b"nonsense")
    ring(redis_server, topic, 1)
    assert b"id: 1\n" in next(lines)
    answer.close()


def test_a_restarted_redis_makes_everybody_read_again(redis_server: RedisServer) -> None:
    hub = Hub(5)
    subscriber = Subscriber(redis_server.url, hub)
    subscriber.start()
    assert subscriber.wait_until_listening(10)
    with hub.watching(["submission:1"]) as stream:
        stream.wait(0)
        redis_server.stop()
        eventually(lambda: subscriber.missing() == ["redis"])
        redis_server.start()
        eventually(lambda: subscriber.missing() == [])
        rung = stream.wait(5)
        assert rung
        ring(redis_server, "submission:1", 9)
        assert stream.wait(5) == [Doorbell(topic="submission:1", version=9)]
        subscriber.end_when(lambda: True)
        eventually(lambda: stream.wait(0.1) is None)


def test_readiness_says_when_redis_is_missing(live: Flask, redis_server: RedisServer) -> None:
    client = visitor(live)
    assert client.get("/health/ready").status_code == 200
    redis_server.stop()
    eventually(lambda: client.get("/health/ready").status_code == 503)
    assert client.get("/health/ready").json == {"status": "unavailable", "missing": ["redis"]}
    assert client.get("/health/live").status_code == 200


def status_and_code(client: Client, query: str) -> tuple[int, str]:
    answer = client.get(f"/live?{query}")
    assert answer.json is not None
    return answer.status_code, answer.json["error"]["code"]


def test_bad_topics_are_answered_not_streamed(live: Flask) -> None:
    client = visitor(live)
    for query in ("", "topic=x", "topic=submission:1", "topics=x"):
        assert status_and_code(client, query) == (422, "validation_failed")


def test_peoples_own_topics_are_theirs_alone(people: Cast) -> None:
    topic = f"topic=user:{people.ada.user_id}"
    answer = people.ada.get(f"/live?{topic}")
    assert answer.status_code == 200
    answer.close()
    assert status_and_code(people.bela, topic) == (403, "topic_forbidden")
    assert status_and_code(people.admin, topic) == (403, "topic_forbidden")
    assert status_and_code(people.visitor, topic) == (401, "not_authenticated")


def test_more_streams_than_the_process_holds_are_turned_away(live: Flask) -> None:
    client = visitor(live)
    query = f"topic=submission:{new_id()}"
    kept = [client.get(f"/live?{query}") for _ in range(2)]
    assert status_and_code(client, query) == (503, "unavailable")
    kept[0].close()
    again = client.get(f"/live?{query}")
    assert again.status_code == 200
    for answer in (*kept, again):
        answer.close()


def test_asking_for_the_head_of_a_stream_opens_none(live: Flask) -> None:
    answer = visitor(live).ask("HEAD", f"/live?topic=submission:{new_id()}")
    assert answer.status_code == 200
    assert live.extensions[LIVE_HUB]._streams == set()


def test_the_live_role_serves_nothing_else(live: Flask) -> None:
    assert visitor(live).get("/me").status_code == 404
    assert visitor(live).get("/statistics").status_code == 404
