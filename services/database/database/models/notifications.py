"""What was delivered to whom. Owned by the notifier."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, CreatedAt, IdKey, owned_by


class Delivery(Base):
    """One message to one person by one way; unique by what caused it, so a double is sent once."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("uq_deliveries_cause", "kind", "cause_id", unique=True),
        Index("ix_deliveries_due", "not_before", postgresql_where=text("state = 'waiting'")),
        CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="state"),
        owned_by("notifier", "Mails: waiting, sent or failed for good."),
    )

    id: Mapped[IdKey]
    kind: Mapped[str] = mapped_column(comment="The message's name, such as verification_mail.")
    cause_id: Mapped[UUID] = mapped_column(comment="The row that asked for it, by kind.")
    recipient: Mapped[str] = mapped_column(comment="The e-mail address.")
    state: Mapped[str] = mapped_column(server_default="waiting", comment="waiting, sent, failed.")
    tries: Mapped[int] = mapped_column(server_default=text("0"), comment="Tries so far.")
    not_before: Mapped[CreatedAt] = mapped_column(comment="When the next try is due.")
    error: Mapped[str] = mapped_column(server_default="", comment="The last failure.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was first asked for.")
    sent_at: Mapped[datetime | None] = mapped_column(comment="When the server took it.")
