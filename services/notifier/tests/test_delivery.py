"""Deliveries on a real PostgreSQL, with a transport that fails as told."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from database.engine import SessionFactory, transaction
from database.models import Delivery, EmailVerification, PasswordReset, User
from notifier.delivery import Deliveries, Outcome, Policy
from notifier.errors import TransportError
from notifier.fakes import FakeTransport
from notifier.kinds import PASSWORD_RESET, VERIFICATION
from notifier.rendering import Renderer
from notifier.store import PostgresDeliveries

pytestmark = pytest.mark.database


@pytest.fixture
def verification_id(admin: SessionFactory) -> UUID:
    """Ada asked for a link; so did Bela, whom nothing here may touch."""
    with transaction(admin) as session:
        for name in ("bela", "ada"):
            user = User(
                username=name,
                display_name=name.title(),
                email=f"{name}@example.org",
                password_hash="-",
                locale="en",
            )
            session.add(user)
            session.flush()
            verification = EmailVerification(user_id=user.id, email=f"{name}@asked.example")
            session.add(verification)
            session.add(PasswordReset(user_id=user.id))
            session.flush()
        return verification.id


def deliveries(
    engine: Engine, renderer: Renderer, transport: FakeTransport, max_tries: int = 3
) -> Deliveries:
    return Deliveries(
        store=PostgresDeliveries(engine),
        transport=transport,
        renderer=renderer,
        policy=Policy(max_tries=max_tries, first_delay_s=0.0),
    )


def row(admin: SessionFactory) -> Delivery:
    with transaction(admin) as session:
        found = session.query(Delivery).one()
        session.expunge(found)
        return found


def test_a_mail_goes_to_the_address_that_was_asked_for(
    engine: Engine, renderer: Renderer, admin: SessionFactory, verification_id: UUID
) -> None:
    transport = FakeTransport()
    outcome = deliveries(engine, renderer, transport).deliver(VERIFICATION, verification_id)
    assert outcome is Outcome.SENT
    assert [mail.to for mail in transport.sent] == ["ada@asked.example"]
    assert (row(admin).state, row(admin).tries) == ("sent", 1)
    assert row(admin).sent_at is not None


def test_a_doubled_message_sends_one_mail(
    engine: Engine, renderer: Renderer, verification_id: UUID
) -> None:
    transport = FakeTransport()
    service = deliveries(engine, renderer, transport)
    service.deliver(VERIFICATION, verification_id)
    assert service.deliver(VERIFICATION, verification_id) is Outcome.NOT_OURS
    assert len(transport.sent) == 1


def test_a_passing_failure_is_tried_again(
    engine: Engine, renderer: Renderer, admin: SessionFactory, verification_id: UUID
) -> None:
    transport = FakeTransport(TransportError("421 busy", permanent=False))
    service = deliveries(engine, renderer, transport)
    assert service.deliver(VERIFICATION, verification_id) is Outcome.LATER
    assert (row(admin).state, row(admin).error) == ("waiting", "421 busy")
    assert service.deliver(VERIFICATION, verification_id) is Outcome.SENT
    assert (row(admin).tries, row(admin).error) == (2, "")


def test_a_lasting_failure_is_not_tried_again(
    engine: Engine, renderer: Renderer, admin: SessionFactory, verification_id: UUID
) -> None:
    transport = FakeTransport(TransportError("550 no such user", permanent=True))
    service = deliveries(engine, renderer, transport)
    assert service.deliver(VERIFICATION, verification_id) is Outcome.FAILED
    assert service.deliver(VERIFICATION, verification_id) is Outcome.NOT_OURS
    assert (row(admin).state, row(admin).error) == ("failed", "550 no such user")


def test_tries_come_to_an_end(
    engine: Engine, renderer: Renderer, admin: SessionFactory, verification_id: UUID
) -> None:
    transport = FakeTransport(*[TransportError("no route", permanent=False)] * 9)
    service = deliveries(engine, renderer, transport, max_tries=2)
    outcomes = [service.deliver(VERIFICATION, verification_id) for _ in range(3)]
    assert outcomes == [Outcome.LATER, Outcome.FAILED, Outcome.NOT_OURS]
    assert row(admin).state == "failed"


def test_a_try_under_way_is_not_disturbed_and_a_dead_one_is_taken_over(
    engine: Engine, admin: SessionFactory, verification_id: UUID
) -> None:
    store = PostgresDeliveries(engine)
    first = store.begin(VERIFICATION, verification_id, "ada@asked.example")
    assert first is not None
    assert store.begin(VERIFICATION, verification_id, "ada@asked.example") is None
    with transaction(admin) as session:
        session.execute(text("UPDATE deliveries SET not_before = now()"))
    second = store.begin(VERIFICATION, verification_id, "ada@asked.example")
    assert second is not None
    store.failed(first, "woke up late", delay_s=None)
    assert row(admin).state == "waiting"
    store.sent(second)
    assert row(admin).state == "sent"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE email_verifications SET used_at = now()",
        "UPDATE email_verifications SET created_at = now() - interval '30 days'",
        "UPDATE users SET disabled_at = now()",
    ],
)
def test_what_is_no_longer_wanted_is_not_sent(
    engine: Engine, renderer: Renderer, admin: SessionFactory, verification_id: UUID, change: str
) -> None:
    with transaction(admin) as session:
        session.execute(text(change))
    transport = FakeTransport()
    outcome = deliveries(engine, renderer, transport).deliver(VERIFICATION, verification_id)
    assert outcome is Outcome.NOT_WANTED
    assert transport.sent == []


def test_a_request_that_does_not_exist_is_no_fault(engine: Engine, renderer: Renderer) -> None:
    outcome = deliveries(engine, renderer, FakeTransport()).deliver(PASSWORD_RESET, uuid4())
    assert outcome is Outcome.NOT_WANTED


def test_a_password_reset_goes_to_the_present_address(
    engine: Engine, renderer: Renderer, admin: SessionFactory, verification_id: UUID
) -> None:
    with transaction(admin) as session:
        user = session.query(User).filter_by(username="ada").one()
        reset = session.query(PasswordReset).filter_by(user_id=user.id).one()
    transport = FakeTransport()
    deliveries(engine, renderer, transport).deliver(PASSWORD_RESET, reset.id)
    assert [mail.to for mail in transport.sent] == ["ada@example.org"]
