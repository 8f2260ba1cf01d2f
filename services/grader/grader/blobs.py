"""Test data from PostgreSQL, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlalchemy import Connection, Engine, text

from grader.errors import MachineryError
from grader.transactions import in_transaction

CHUNK = text("SELECT content FROM blob_chunks WHERE sha256 = :sha256 AND ordinal = :ordinal")


class PostgresBlobs:
    """Files by content, as the api stored them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield a file piece by piece; each piece is a transaction of its own.

        The network may be slow, and no transaction may be open while it is waited for.
        """
        for ordinal in count():
            chunk = self._chunk(sha256, ordinal)
            if chunk is None:
                if ordinal == 0:
                    raise MachineryError(f"The file {sha256} is not in the database.")
                return
            yield chunk

    @in_transaction
    def _chunk(self, connection: Connection, sha256: str, ordinal: int) -> bytes | None:
        content = connection.scalar(CHUNK, {"sha256": sha256, "ordinal": ordinal})
        return None if content is None else bytes(content)
