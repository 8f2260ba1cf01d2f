"""Rejudgings that are applied by themselves, on a real PostgreSQL with the scheduler's rights."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
import pytest
import redis
from celery import Celery
from sqlalchemy import Engine, select, text, update

from contracts.live import CHANNEL, Doorbell
from contracts.queues import Lane
from database.base import new_id
from database.engine import SessionFactory, transaction
from database.models import Judgement, Rejudging
from scheduler.doorbells import RedisDoorbells
from scheduler.rejudging_store import apply_finished, ring_pages
from scheduler.testing import Arrange

pytestmark = pytest.mark.database


class FakePages:
    """Remembers what was rung."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.changed: list[UUID] = []

    def first_time(self, key: str, seconds: int) -> bool:
        assert seconds > 0
        is_new = key not in self.asked
        self.asked.add(key)
        return is_new

    def submissions_changed(self, ids: Sequence[UUID]) -> None:
        self.changed += ids


def rejudging(
    admin: SessionFactory, old: Sequence[UUID], apply: str, *verdicts: str | None
) -> UUID:
    """A rejudging of the submissions of these judgements, with the new verdicts."""
    with transaction(admin) as db:
        made = Rejudging(
            reason="why", filter={}, apply=apply, problem_ids=[], submission_count=len(old)
        )
        db.add(made)
        db.flush()
        for one, verdict in zip(old, verdicts, strict=True):
            previous = db.get_one(Judgement, one)
            db.add(
                Judgement(
                    submission_id=previous.submission_id,
                    data_set_id=previous.data_set_id,
                    rejudging_id=made.id,
                    previous_id=previous.id,
                    lane=Lane.REJUDGE.value,
                    state="finished" if verdict else "running",
                    verdict=verdict,
                )
            )
        return made.id


def judged(arrange: Arrange, *verdicts: str) -> list[UUID]:
    user, problem = arrange.user("ada"), arrange.problem()
    return [arrange.judgement(user, problem, verdict) for verdict in verdicts]


def valid(admin: SessionFactory) -> list[str | None]:
    with transaction(admin) as db:
        found = select(Judgement.verdict).where(Judgement.valid).order_by(Judgement.submission_id)
        return list(db.scalars(found))


def run(engine: Engine) -> int:
    with engine.begin() as connection:
        return apply_finished(connection)


def test_a_finished_one_is_applied_by_itself_and_once(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    rejudging(admin, judged(arrange, "WA", "AC"), "auto", "AC", "TLE")
    assert run(engine) == 1
    assert valid(admin) == ["AC", "TLE"]
    assert run(engine) == 0
    assert valid(admin) == ["AC", "TLE"]


@pytest.mark.parametrize(
    ("apply", "verdicts", "closed"),
    [
        ("manual", ("AC", "TLE"), False),
        ("auto", ("AC", None), False),
        ("auto", ("AC", "TLE"), True),
    ],
)
def test_others_are_left_alone(
    engine: Engine,
    admin: SessionFactory,
    arrange: Arrange,
    apply: str,
    verdicts: tuple[str | None, ...],
    *,
    closed: bool,
) -> None:
    made = rejudging(admin, judged(arrange, "WA", "AC"), apply, *verdicts)
    if closed:
        with transaction(admin) as db:
            db.execute(
                update(Rejudging).where(Rejudging.id == made).values(cancelled_at=text("now()"))
            )
    assert run(engine) == 0
    assert valid(admin) == ["WA", "AC"]


def test_pages_are_rung_once_for_what_changed(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    old = judged(arrange, "WA", "AC")
    rejudging(admin, old, "auto", "AC", "JE")
    run(engine)
    pages = FakePages()
    for _ in range(2):
        with engine.begin() as connection:
            ring_pages(connection, pages)
    with transaction(admin) as db:
        assert pages.changed == [db.get_one(Judgement, old[0]).submission_id]


def test_a_page_hears_of_its_submission_over_redis(redis_url: str) -> None:
    submission = new_id()
    with redis.Redis.from_url(redis_url) as client, client.pubsub() as listener:
        listener.subscribe(CHANNEL)
        listener.get_message(timeout=5)
        RedisDoorbells(Celery("tests"), client).submissions_changed([submission])
        heard = listener.get_message(timeout=5)
    assert heard is not None
    doorbell = msgspec.json.decode(heard["data"], type=Doorbell)
    assert doorbell.topic == f"submission:{submission}"
    assert doorbell.version > 1_700_000_000_000
