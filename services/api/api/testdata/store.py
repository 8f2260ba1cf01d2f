"""Blobs and data sets in PostgreSQL: content in chunks of 1 MiB, each content once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from api.testdata.ports import BlobNotFoundError
from contracts.judging import Blob
from database.base import new_id
from database.models import Blob as BlobRow
from database.models import BlobChunk, DataSet, TestCase
from database.models.blobs import CHUNK_BYTES


class PostgresBlobStore:
    """`BlobStore` within the session's transaction: what it stores is undone with it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, content: Iterable[bytes]) -> Blob:
        """Hash while spooling (the hash is the key, so it must be known first), then insert."""
        digest, size = hashlib.sha256(), 0
        with SpooledTemporaryFile(max_size=CHUNK_BYTES) as spool:
            for piece in content:
                digest.update(piece)
                size += len(piece)
                spool.write(piece)
            blob = Blob(sha256=digest.hexdigest(), size=size)
            if self._claim(blob):
                spool.seek(0)
                self._insert_chunks(blob, iter(lambda: spool.read(CHUNK_BYTES), b""))
        return blob

    def _claim(self, blob: Blob) -> bool:
        # Two transactions may store the same content at once: the second waits here for the first
        # and then finds the row, or makes it when the first was undone.
        row = (
            upsert(BlobRow)
            .values(sha256=blob.sha256, size=blob.size)
            .on_conflict_do_nothing()
            .returning(BlobRow.sha256)
        )
        return self._session.execute(row).first() is not None

    def _insert_chunks(self, blob: Blob, pieces: Iterator[bytes]) -> None:
        for ordinal, piece in enumerate(pieces):
            self._session.execute(
                insert(BlobChunk).values(sha256=blob.sha256, ordinal=ordinal, content=piece)
            )

    def read(self, sha256: str) -> Iterator[bytes]:
        """Fetch one chunk at a time, so that memory stays flat."""
        blob = self.find(sha256)
        if blob is None:
            raise BlobNotFoundError(sha256)
        for ordinal in range(-(-blob.size // CHUNK_BYTES)):
            content = self._session.scalar(
                select(BlobChunk.content).where(
                    BlobChunk.sha256 == sha256, BlobChunk.ordinal == ordinal
                )
            )
            yield bytes(content or b"")

    def find(self, sha256: str) -> Blob | None:
        """Look it up without its content."""
        size = self._session.scalar(select(BlobRow.size).where(BlobRow.sha256 == sha256))
        return None if size is None else Blob(sha256=sha256, size=size)


@dataclass(frozen=True)
class NewTestCase:
    """A test case on its way into a data set; the order in the list is the order of judging."""

    name: str
    group_name: str
    is_sample: bool
    input: Blob
    answer: Blob


def add_data_set(session: Session, problem_id: UUID, cases: Sequence[NewTestCase]) -> UUID:
    """Write the next version of a problem's data. The caller holds a lock on the problem."""
    version = session.scalar(
        select(func.coalesce(func.max(DataSet.version), 0) + 1).where(
            DataSet.problem_id == problem_id
        )
    )
    data_set_id = new_id()
    session.execute(
        insert(DataSet).values(
            id=data_set_id, problem_id=problem_id, version=version, test_case_count=len(cases)
        )
    )
    rows = [
        {
            "data_set_id": data_set_id,
            "ordinal": ordinal,
            "name": case.name,
            "group_name": case.group_name,
            "is_sample": case.is_sample,
            "input_sha256": case.input.sha256,
            "answer_sha256": case.answer.sha256,
        }
        for ordinal, case in enumerate(cases, start=1)
    ]
    session.execute(insert(TestCase), rows)
    return data_set_id


def same_cases(session: Session, data_set_id: UUID, cases: Sequence[NewTestCase]) -> bool:
    """Tell whether a data set holds exactly these cases in this order."""
    found = session.execute(
        select(
            TestCase.name,
            TestCase.group_name,
            TestCase.is_sample,
            TestCase.input_sha256,
            TestCase.answer_sha256,
        )
        .where(TestCase.data_set_id == data_set_id)
        .order_by(TestCase.ordinal)
    ).all()
    wanted = [
        (case.name, case.group_name, case.is_sample, case.input.sha256, case.answer.sha256)
        for case in cases
    ]
    return [tuple(row) for row in found] == wanted


@dataclass(frozen=True)
class SampleRow:
    """A sample's name and the blobs that hold it."""

    name: str
    input_sha256: str
    answer_sha256: str


def samples_of(session: Session, data_set_id: UUID) -> list[SampleRow]:
    """Return the samples of a data set in order."""
    rows = session.execute(
        select(TestCase.name, TestCase.input_sha256, TestCase.answer_sha256)
        .where(TestCase.data_set_id == data_set_id, TestCase.is_sample)
        .order_by(TestCase.ordinal)
    )
    return [SampleRow(*row) for row in rows]


def contents_of(session: Session, hashes: Iterable[str], limit_bytes: int) -> dict[str, bytes]:
    """Return the first `limit_bytes` at most (one chunk) of several blobs in one statement."""
    rows = session.execute(
        select(BlobChunk.sha256, func.substring(BlobChunk.content, 1, limit_bytes)).where(
            BlobChunk.sha256.in_(set(hashes)), BlobChunk.ordinal == 0
        )
    )
    return {sha256: bytes(content) for sha256, content in rows}
