"""Files by their content, in chunks, so that one backup covers everything. Owned by the api."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, CreatedAt, owned_by

CHUNK_BYTES = 1 << 20
"""Size of a full chunk, in bytes: large enough to be quick, small enough to stream flat."""


class Blob(Base):
    """A file stored once under the SHA-256 of its content."""

    __tablename__ = "blobs"
    __table_args__ = (owned_by("api", "Files by content: test data, attachments."),)

    sha256: Mapped[str] = mapped_column(primary_key=True, comment="Lower-case hex.")
    size: Mapped[int] = mapped_column(BigInteger, comment="Bytes.")
    created_at: Mapped[CreatedAt] = mapped_column(comment="When it was first stored.")


class BlobChunk(Base):
    """One piece of a blob, `CHUNK_BYTES` long but for the last."""

    __tablename__ = "blob_chunks"
    __table_args__ = (owned_by("api", "The bytes of blobs."),)

    sha256: Mapped[str] = mapped_column(
        ForeignKey("blobs.sha256", ondelete="CASCADE"), primary_key=True, comment="The blob."
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, comment="From 0.")
    content: Mapped[bytes] = mapped_column(comment="At most CHUNK_BYTES bytes.")
