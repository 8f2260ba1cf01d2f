"""The ports to Redis on a real one: queues and rate limits, also while it is away."""

from __future__ import annotations

import json
import time

import pytest
import structlog

from api.broker import CeleryBroker
from api.errors import RateLimited
from api.rate_limits import MemoryRateLimits, RateLimits, RedisRateLimits
from api.redis_testing import RedisServer
from contracts.messages import GradeJudgement, SendVerificationMail
from contracts.queues import KEY_PREFIX, Lane
from database.base import new_id

pytestmark = pytest.mark.redis


def test_a_message_waits_in_its_queue_under_its_name(redis_server: RedisServer) -> None:
    broker = CeleryBroker(redis_server.url)
    identity = str(new_id())
    with structlog.contextvars.bound_contextvars(trace_id="trace-1"):
        broker.send(GradeJudgement(judgement_id=identity, lane=Lane.JURY))
    client = redis_server.client()
    [raw] = client.lrange(f"{KEY_PREFIX}grading.jury", 0, -1)
    message = json.loads(raw)
    assert message["headers"]["task"] == "grader.grade_judgement.v1"
    assert identity in message["headers"]["kwargsrepr"]
    assert "trace-1" in message["headers"]["kwargsrepr"]
    assert all(str(key).startswith(KEY_PREFIX) for key in client.scan_iter())


def test_a_broker_that_is_away_is_swallowed_quickly_and_found_again(
    redis_server: RedisServer,
) -> None:
    broker = CeleryBroker(redis_server.url)
    message = SendVerificationMail(email_verification_id=str(new_id()))
    broker.send(message)
    redis_server.stop()
    started = time.monotonic()
    for _ in range(50):
        broker.send(message)
    assert time.monotonic() - started < 3
    redis_server.start()
    deadline = time.monotonic() + 10
    while not redis_server.client().exists(f"{KEY_PREFIX}notify"):
        assert time.monotonic() < deadline
        broker.send(message)
        time.sleep(0.1)


@pytest.fixture(params=["memory", "redis", "redis away"])
def limits(request: pytest.FixtureRequest, redis_server: RedisServer) -> RateLimits:
    if request.param == "memory":
        return MemoryRateLimits()
    if request.param == "redis away":
        redis_server.stop()
    return RedisRateLimits(redis_server.url)


def test_a_limit_counts_by_key_and_says_when_to_come_back(limits: RateLimits) -> None:
    for _ in range(3):
        limits.use("test", "3/minute", "ada")
    with pytest.raises(RateLimited) as caught:
        limits.use("test", "3/minute", "ada")
    assert 0 < int(caught.value.headers["Retry-After"]) <= 60
    limits.use("test", "3/minute", "bela")
    limits.use("other", "3/minute", "ada")


def test_checking_a_limit_does_not_use_it(limits: RateLimits) -> None:
    for _ in range(5):
        limits.check("test", "1/minute", "ada")
    limits.use("test", "1/minute", "ada")
    with pytest.raises(RateLimited):
        limits.check("test", "1/minute", "ada")


def test_limits_are_shared_between_processes_and_expire(redis_server: RedisServer) -> None:
    first, second = RedisRateLimits(redis_server.url), RedisRateLimits(redis_server.url)
    first.use("test", "1/minute", "ada")
    with pytest.raises(RateLimited):
        second.use("test", "1/minute", "ada")
    client = redis_server.client()
    [key] = client.scan_iter()
    assert str(key).startswith(f"{KEY_PREFIX}limits")
    assert 0 < client.ttl(key) <= 61
