"""The sweep on a real PostgreSQL, with queues in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from contracts.messages import (
    GradeJudgement,
    Message,
    RunPlayground,
    SendPasswordResetMail,
    SendVerificationMail,
)
from contracts.queues import Lane, Queue
from database.engine import SessionFactory, transaction
from database.models import Delivery, EmailVerification, PasswordReset, PlaygroundRun
from scheduler.sweep import AT_MOST, Sweep, missing
from scheduler.sweep_store import LaneLoad
from scheduler.testing import Arrange

pytestmark = pytest.mark.database


class FakeDoorbells:
    """Queues in memory."""

    def __init__(self) -> None:
        self.rung: list[Message] = []
        self.hanging_in: Counter[Queue] = Counter()
        self.asked: set[str] = set()
        self.changed: list[UUID] = []

    def hanging(self, queue: Queue) -> int:
        return self.hanging_in[queue]

    def ring(self, message: Message) -> None:
        self.rung.append(message)

    def first_time(self, key: str, seconds: int) -> bool:
        assert seconds > 0
        is_new = key not in self.asked
        self.asked.add(key)
        return is_new

    def submissions_changed(self, ids: Sequence[UUID]) -> None:
        self.changed += ids


@pytest.fixture
def doorbells() -> FakeDoorbells:
    return FakeDoorbells()


def sweep(engine: Engine, doorbells: FakeDoorbells) -> list[Message]:
    doorbells.rung.clear()
    with engine.begin() as connection:
        rung = Sweep(doorbells)(connection)
    assert rung == len(doorbells.rung)
    return list(doorbells.rung)


def age(admin: SessionFactory, seconds: int = 60) -> None:
    """Make everything older."""
    with transaction(admin) as session:
        for table in ("judgements", "playground_runs", "email_verifications", "password_resets"):
            session.execute(
                text(f"UPDATE {table} SET created_at = created_at - make_interval(secs => :s)"),  # noqa: S608
                {"s": seconds},
            )
        session.execute(
            text("UPDATE judgements SET not_before = not_before - make_interval(secs => :s)"),
            {"s": seconds},
        )


def test_a_fresh_submission_is_left_alone(
    engine: Engine, arrange: Arrange, doorbells: FakeDoorbells
) -> None:
    arrange.judgement(arrange.user("ada"), arrange.problem())
    assert sweep(engine, doorbells) == []


def test_a_lost_doorbell_is_rung_again_in_its_lane(
    engine: Engine, admin: SessionFactory, arrange: Arrange, doorbells: FakeDoorbells
) -> None:
    one = arrange.judgement(arrange.user("ada"), arrange.problem(), lane=Lane.CONTEST)
    age(admin)
    assert sweep(engine, doorbells) == [GradeJudgement(judgement_id=str(one), lane=Lane.CONTEST)]


def test_what_hangs_in_the_queue_is_not_rung_again(
    engine: Engine, admin: SessionFactory, arrange: Arrange, doorbells: FakeDoorbells
) -> None:
    ada, problem = arrange.user("ada"), arrange.problem()
    waiting = [arrange.judgement(ada, problem) for _ in range(3)]
    age(admin)
    doorbells.hanging_in[Queue.GRADING_PRACTICE] = 2
    rung = sweep(engine, doorbells)
    assert [message.judgement_id for message in rung] == [str(waiting[0])]
    doorbells.hanging_in[Queue.GRADING_PRACTICE] = 3
    assert sweep(engine, doorbells) == []


@pytest.mark.parametrize(
    ("change", "rings"),
    [
        ("claim = 1, state = 'running', lease_until = now() - interval '1 second'", True),
        ("claim = 1, state = 'running', lease_until = now() + interval '9 seconds'", False),
        ("claim = 1, not_before = now()", True),
        ("claim = 1, not_before = now() + interval '9 seconds'", False),
        ("state = 'finished', verdict = 'AC'", False),
    ],
)
def test_only_work_that_nobody_does_is_rung_for(
    engine: Engine,
    admin: SessionFactory,
    arrange: Arrange,
    doorbells: FakeDoorbells,
    change: str,
    *,
    rings: bool,
) -> None:
    arrange.judgement(arrange.user("ada"), arrange.problem())
    age(admin)
    with transaction(admin) as session:
        session.execute(text(f"UPDATE judgements SET {change}"))  # noqa: S608 - from above
    assert bool(sweep(engine, doorbells)) is rings


def test_a_lane_gets_no_more_than_a_sweeps_share() -> None:
    load = LaneLoad(lane=Lane.REJUDGE, claimed=0, waiting=9999, overdue=1, oldest_s=60.0)
    assert missing(load, 0) == AT_MOST
    assert missing(load, 10_000) == 0


def test_a_forgotten_playground_run_is_rung_for_once_in_a_while(
    engine: Engine, admin: SessionFactory, arrange: Arrange, doorbells: FakeDoorbells
) -> None:
    with transaction(admin) as session:
        run = PlaygroundRun(user_id=arrange.user("ada"), language_id="cpp", source=b"")
        session.add(run)
    assert sweep(engine, doorbells) == []
    age(admin)
    assert sweep(engine, doorbells) == [RunPlayground(playground_run_id=str(run.id))]
    assert sweep(engine, doorbells) == []


def test_a_mail_that_was_never_begun_or_is_due_again_is_rung_for(
    engine: Engine, admin: SessionFactory, arrange: Arrange, doorbells: FakeDoorbells
) -> None:
    ada = arrange.user("ada")
    with transaction(admin) as session:
        verification = EmailVerification(user_id=ada, email="ada@example.org")
        reset = PasswordReset(user_id=ada)
        done = EmailVerification(user_id=ada, email="ada@example.org")
        session.add_all([verification, reset, done])
        session.flush()
        session.add_all(
            [
                Delivery(kind="verification_mail", cause_id=done.id, recipient="x", state="sent"),
                Delivery(kind="password_reset_mail", cause_id=reset.id, recipient="x"),
            ]
        )
    assert sweep(engine, doorbells) == []
    age(admin)
    assert sweep(engine, doorbells) == [
        SendVerificationMail(email_verification_id=str(verification.id)),
        SendPasswordResetMail(password_reset_id=str(reset.id)),
    ]
    assert sweep(engine, doorbells) == []
