"""Deliveries in PostgreSQL."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Engine, text

from contracts.links import LINK_MAX_AGE_S
from database.base import new_id
from notifier.delivery import Attempt
from notifier.kinds import PASSWORD_RESET, VERIFICATION, Kind
from notifier.rendering import Person

HOLD_S = 120.0
"""A try holds the delivery for so long: more than the SMTP client's timeouts together."""

PERSON = {
    # The address as it was asked for: it may have been changed since.
    VERIFICATION: text("""
        SELECT u.username, u.display_name, c.email, u.locale
        FROM email_verifications c JOIN users u ON u.id = c.user_id
        WHERE c.id = :id AND c.used_at IS NULL AND u.disabled_at IS NULL
          AND c.created_at > now() - make_interval(secs => :life_s)
    """),
    PASSWORD_RESET: text("""
        SELECT u.username, u.display_name, u.email, u.locale
        FROM password_resets c JOIN users u ON u.id = c.user_id
        WHERE c.id = :id AND c.used_at IS NULL AND u.disabled_at IS NULL
          AND c.created_at > now() - make_interval(secs => :life_s)
    """),
}

ENSURE = text("""
INSERT INTO deliveries (id, kind, cause_id, recipient) VALUES (:id, :kind, :cause_id, :recipient)
ON CONFLICT (kind, cause_id) DO NOTHING
""")

BEGIN = text("""
UPDATE deliveries SET tries = tries + 1, not_before = now() + make_interval(secs => :hold_s)
WHERE kind = :kind AND cause_id = :cause_id AND state = 'waiting' AND not_before <= now()
RETURNING id, tries
""")

SENT = text("""
UPDATE deliveries SET state = 'sent', sent_at = now(), error = ''
WHERE id = :id AND tries = :number AND state = 'waiting'
""")

LATER = text("""
UPDATE deliveries SET error = :error, not_before = now() + make_interval(secs => :delay_s)
WHERE id = :id AND tries = :number AND state = 'waiting'
""")

FAILED = text("""
UPDATE deliveries SET error = :error, state = 'failed'
WHERE id = :id AND tries = :number AND state = 'waiting'
""")


class PostgresDeliveries:
    """The deliveries as the notifier's role sees them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def person(self, kind: Kind, cause_id: UUID) -> Person | None:
        values = {"id": cause_id, "life_s": LINK_MAX_AGE_S[kind.purpose]}
        with self._engine.begin() as connection:
            row = connection.execute(PERSON[kind], values).one_or_none()
        if row is None:
            return None
        return Person(
            username=row.username,
            display_name=row.display_name or row.username,
            email=row.email,
            locale=row.locale,
        )

    def begin(self, kind: Kind, cause_id: UUID, recipient: str) -> Attempt | None:
        values = {
            "id": new_id(),
            "kind": kind.name,
            "cause_id": cause_id,
            "recipient": recipient,
            "hold_s": HOLD_S,
        }
        with self._engine.begin() as connection:
            connection.execute(ENSURE, values)
            row = connection.execute(BEGIN, values).one_or_none()
        return None if row is None else Attempt(row.id, row.tries)

    def sent(self, attempt: Attempt) -> None:
        with self._engine.begin() as connection:
            connection.execute(SENT, {"id": attempt.delivery_id, "number": attempt.number})

    def failed(self, attempt: Attempt, error: str, *, delay_s: float | None) -> None:
        values = {
            "id": attempt.delivery_id,
            "number": attempt.number,
            "error": error.replace("\x00", "")[:500],
            "delay_s": delay_s,
        }
        with self._engine.begin() as connection:
            connection.execute(FAILED if delay_s is None else LATER, values)
