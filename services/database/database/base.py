"""The declarative base and the column types that every table shares."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Text, func, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import DeclarativeBase, mapped_column
from uuid6 import uuid7

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all models. Each table says its owner in `info["owner"]`."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this class attribute
        str: Text,
        datetime: DateTime(timezone=True),
        UUID: PG_UUID(as_uuid=True),
    }


def new_id() -> UUID:
    """Return a new UUIDv7: ids sort by the time they were made, which keeps index pages warm."""
    return UUID(int=uuid7().int)


IdKey = Annotated[UUID, mapped_column(primary_key=True, default=new_id, comment="UUIDv7.")]
CreatedAt = Annotated[datetime, mapped_column(server_default=func.now())]
Flag = Annotated[bool, mapped_column(server_default=text("false"))]


def owned_by(owner: str, comment: str) -> dict[str, object]:
    """Return the table arguments that name the one service which writes the table."""
    return {"info": {"owner": owner}, "comment": comment}
