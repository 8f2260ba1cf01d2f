from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from api.testdata.fakes import MemoryBlobStore
from api.testdata.ports import BlobNotFoundError, BlobStore, read_all
from api.testdata.store import PostgresBlobStore
from database.engine import SessionFactory, transaction
from database.models import BlobChunk
from database.models.blobs import CHUNK_BYTES


@pytest.fixture(
    params=[pytest.param("memory"), pytest.param("postgres", marks=pytest.mark.database)]
)
def blobs(request: pytest.FixtureRequest) -> Iterator[BlobStore]:
    if request.param == "memory":
        yield MemoryBlobStore()
        return
    with opened(request.getfixturevalue("sessions")) as store:
        yield store


@contextmanager
def opened(sessions: SessionFactory) -> Iterator[BlobStore]:
    with transaction(sessions) as db:
        yield PostgresBlobStore(db)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a",
        b"x" * CHUNK_BYTES,
        b"y" * (CHUNK_BYTES + 1),
        bytes(range(256)) * 12_000,
    ],
    ids=["empty", "one byte", "one chunk", "a chunk and a byte", "three chunks"],
)
def test_what_was_put_is_read_back(blobs: BlobStore, content: bytes) -> None:
    blob = blobs.put([content[:1000], content[1000:]])
    assert blob.size == len(content)
    assert blob.sha256 == hashlib.sha256(content).hexdigest()
    assert read_all(blobs, blob.sha256) == content


def test_pieces_do_not_matter(blobs: BlobStore) -> None:
    assert blobs.put([b"ab", b"", b"c"]) == blobs.put([b"abc"])


def test_known_content_is_found_without_reading_it(blobs: BlobStore) -> None:
    blob = blobs.put([b"abc"])
    assert blobs.find(blob.sha256) == blob


def test_unknown_content_is_not_found(blobs: BlobStore) -> None:
    assert blobs.find("0" * 64) is None
    with pytest.raises(BlobNotFoundError):
        next(blobs.read("0" * 64))


@pytest.mark.database
def test_the_same_content_is_stored_once(sessions: SessionFactory) -> None:
    with opened(sessions) as blobs:
        blobs.put([b"abc"])
    with opened(sessions) as blobs:
        blobs.put([b"abc"])
    with transaction(sessions) as db:
        assert db.scalar(select(func.count()).select_from(BlobChunk)) == 1


@pytest.mark.database
def test_an_undone_transaction_leaves_no_blob(sessions: SessionFactory) -> None:
    with sessions() as db:
        sha256 = PostgresBlobStore(db).put([b"abc"]).sha256
        db.rollback()
    with opened(sessions) as blobs:
        assert blobs.find(sha256) is None
