"""The small adapters: blobs, doorbells, parking, transactions, health."""

from __future__ import annotations

import time
from dataclasses import replace
from uuid import UUID, uuid4

import msgspec
import pytest
import redis
from kombu.exceptions import OperationalError
from sqlalchemy import Connection, Engine, text

from contracts.live import CHANNEL, Doorbell
from database.testing import TestDatabase
from grader import transactions
from grader.announcer import RedisAnnouncer
from grader.app import make_celery, make_redis
from grader.blobs import PostgresBlobs
from grader.errors import MachineryError
from grader.health import faults
from grader.parking import KEPT, KEY, Parking
from grader.settings import Settings
from grader.testing import Arrange, RedisServer
from grader.transactions import in_transaction

NOWHERE = Settings(
    database_url="postgresql://u@127.0.0.1:1/x",
    redis_url="redis://127.0.0.1:1",
    judge_urls=("http://judge",),
    judge_secret="x" * 32,
)
NOBODY = make_redis(NOWHERE)


@pytest.mark.database
def test_a_large_file_comes_in_pieces_and_whole(engine: Engine, arrange: Arrange) -> None:
    content = bytes(range(256)) * 12_000
    pieces = list(PostgresBlobs(engine).chunks(arrange.blob(content)))
    assert len(pieces) == 3
    assert b"".join(pieces) == content


@pytest.mark.database
def test_no_connection_is_held_between_two_pieces(engine: Engine, arrange: Arrange) -> None:
    pieces = PostgresBlobs(engine).chunks(arrange.blob(b"x" * 3_000_000))
    next(pieces)
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


@pytest.mark.database
def test_a_file_that_is_not_there_is_a_fault_of_ours(engine: Engine) -> None:
    with pytest.raises(MachineryError, match="not in the database"):
        list(PostgresBlobs(engine).chunks("0" * 64))


@pytest.mark.redis
def test_doorbells_say_a_topic_and_a_growing_version(redis_server: RedisServer) -> None:
    client = redis.Redis.from_url(redis_server.url)
    listener = client.pubsub(ignore_subscribe_messages=True)
    listener.subscribe(CHANNEL)
    announcer, one = RedisAnnouncer(client), uuid4()
    for _ in range(3):
        announcer.submission(one)
    announcer.playground_run(one)
    heard: list[Doorbell] = []
    until = time.monotonic() + 5
    while len(heard) < 4 and time.monotonic() < until:
        message = listener.get_message(timeout=0.1)
        if message:
            heard.append(msgspec.json.decode(message["data"], type=Doorbell))
    listener.close()
    client.close()
    versions = [doorbell.version for doorbell in heard]
    assert versions == sorted(set(versions))
    assert [doorbell.topic for doorbell in heard] == [
        *[f"submission:{one}"] * 3,
        f"playground-run:{one}",
    ]


def test_a_redis_that_is_away_holds_nobody_up() -> None:
    announcer = RedisAnnouncer(NOBODY)
    begun = time.monotonic()
    for _ in range(100):
        announcer.submission(UUID(int=1))
    assert time.monotonic() - begun < 1


@pytest.mark.redis
def test_parked_messages_are_capped_and_leave_in_the_end(redis_server: RedisServer) -> None:
    client = redis.Redis.from_url(redis_server.url)
    client.delete(KEY)
    parking = Parking(client)
    for number in range(KEPT + 5):
        parking.park("grader.grade_judgement.v1", {"n": number}, "no schema")
    assert client.llen(KEY) == KEPT
    assert client.ttl(KEY) > 0
    newest = client.lindex(KEY, 0)
    assert newest is not None
    assert msgspec.json.decode(newest)["fields"] == {"n": KEPT + 4}
    client.close()


def test_parking_without_redis_is_only_logged() -> None:
    Parking(NOBODY).park("grader.grade_judgement.v1", {"args": object()}, "no schema")


class Counter:
    """A store of one statement."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.tries = 0

    @in_transaction
    def ask(self, connection: Connection, statement: str) -> object:
        self.tries += 1
        return connection.scalar(text(statement))

    @in_transaction
    def die_once(self, connection: Connection) -> object:
        self.tries += 1
        if self.tries == 1:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return connection.scalar(text("SELECT 7"))


@pytest.mark.database
def test_a_statement_is_run_again_when_the_server_went_away(database: TestDatabase) -> None:
    from database.engine import make_engine  # noqa: PLC0415 - as the superuser, to end a session

    engine = make_engine(database.admin_url, pool_size=1, application="tests")
    store = Counter(engine)
    assert store.die_once() == 7
    assert store.tries == 2
    engine.dispose()


@pytest.mark.database
def test_a_statement_that_is_wrong_is_not_run_again(engine: Engine) -> None:
    store = Counter(engine)
    with pytest.raises(Exception, match="does not exist"):
        store.ask("SELECT nothing")
    assert store.tries == 1


def test_patience_with_a_server_that_is_away_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    from database.engine import make_engine  # noqa: PLC0415 - to nowhere

    monkeypatch.setattr(transactions, "PATIENCE_S", 0.3)
    store = Counter(make_engine("postgresql://u@127.0.0.1:1/x", pool_size=1, application="t"))
    begun = time.monotonic()
    with pytest.raises(Exception, match="refused"):
        store.ask("SELECT 1")
    assert 0.3 < time.monotonic() - begun < 3


@pytest.mark.database
@pytest.mark.redis
def test_health_names_what_is_missing(database: TestDatabase, redis_server: RedisServer) -> None:
    well = Settings(
        database_url=database.url("grader"),
        redis_url=redis_server.url,
        judge_urls=("http://judge",),
        judge_secret="x" * 32,
    )
    assert faults(well) == []
    ill = replace(
        well, database_url="postgresql://u@127.0.0.1:1/x", redis_url="redis://127.0.0.1:1"
    )
    found = faults(ill)
    assert [fault.split(":")[0] for fault in found] == ["Redis", "PostgreSQL"]


def test_a_message_that_redis_does_not_take_costs_no_time() -> None:
    celery = make_celery(NOWHERE)
    begun = time.monotonic()
    with pytest.raises(OperationalError):
        celery.send_task("grader.grade_judgement.v1", queue="grading.practice", retry=False)
    assert time.monotonic() - begun < 1.5
