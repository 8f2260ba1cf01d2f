"""The cache of test data: hashes are checked, room is kept, files in use stay."""

import hashlib
import os
from pathlib import Path

import pytest

from contracts.judging import Blob
from judge.blobs import BlobCache, is_blob_name
from judge.errors import BlobRefusedError, BlobsMissingError


def blob(content: bytes) -> Blob:
    return Blob(sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def put(cache: BlobCache, content: bytes) -> Blob:
    named = blob(content)
    with cache.writer(named.sha256) as writer:
        writer.write(content)
        writer.commit()
    return named


def read(descriptor: int) -> bytes:
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def test_what_was_stored_is_read_back(tmp_path: Path) -> None:
    cache = BlobCache(tmp_path, 1000)
    stored = put(cache, b"hello")
    with cache.pinned([stored]):
        assert read(cache.open(stored.sha256)) == b"hello"


def test_a_wrong_hash_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    cache = BlobCache(tmp_path, 1000)
    with cache.writer("0" * 64) as writer:
        writer.write(b"hello")
        with pytest.raises(BlobRefusedError):
            writer.commit()
    assert list(tmp_path.iterdir()) == []


def test_more_than_the_cache_can_hold_is_refused_while_it_comes_in(tmp_path: Path) -> None:
    cache = BlobCache(tmp_path, 10)
    with pytest.raises(BlobRefusedError), cache.writer("0" * 64) as writer:
        writer.write(b"x" * 11)
    assert list(tmp_path.iterdir()) == []


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = BlobCache(tmp_path, 10)
    first, second = put(cache, b"aaaa"), put(cache, b"bbbb")
    with cache.pinned([first]):
        pass
    third = put(cache, b"cccc")
    assert cache.missing([first.sha256, second.sha256, third.sha256]) == [second.sha256]
    assert cache.total_bytes == 8


def test_a_file_in_use_stays_however_full_it_gets(tmp_path: Path) -> None:
    cache = BlobCache(tmp_path, 10)
    used = put(cache, b"aaaaaaaa")
    with cache.pinned([used]):
        put(cache, b"bbbbbbbb")
        assert cache.missing([used.sha256]) == []
    assert cache.total_bytes <= 10


def test_two_uses_of_a_file_are_two_pins(tmp_path: Path) -> None:
    cache = BlobCache(tmp_path, 10)
    used = put(cache, b"aaaaaaaa")
    with cache.pinned([used]):
        with cache.pinned([used, used]):
            pass
        put(cache, b"bbbbbbbb")
        assert cache.missing([used.sha256]) == []


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    cache = BlobCache(tmp_path, 100)
    stored, absent, other = put(cache, b"here"), blob(b"not here"), blob(b"nor this")
    with pytest.raises(BlobsMissingError) as caught, cache.pinned([stored, absent, other]):
        pass
    assert caught.value.missing == [absent.sha256, other.sha256]


def test_a_new_process_finds_what_the_old_one_stored(tmp_path: Path) -> None:
    stored = put(BlobCache(tmp_path, 100), b"hello")
    cache = BlobCache(tmp_path, 100)
    assert cache.missing([stored.sha256]) == []
    assert cache.total_bytes == 5


def test_a_file_damaged_on_disk_is_discarded_not_used(tmp_path: Path) -> None:
    stored = put(BlobCache(tmp_path, 100), b"hello")
    path = tmp_path / stored.sha256
    path.chmod(0o600)
    path.write_bytes(b"hellO")
    cache = BlobCache(tmp_path, 100)
    with pytest.raises(BlobsMissingError), cache.pinned([stored]):
        pass
    assert not path.exists()
    put(cache, b"hello")
    with cache.pinned([stored]):
        assert read(cache.open(stored.sha256)) == b"hello"


def test_half_an_upload_of_a_crashed_judge_is_removed(tmp_path: Path) -> None:
    (tmp_path / "upload-1-1").write_bytes(b"half")
    BlobCache(tmp_path, 100)
    assert list(tmp_path.iterdir()) == []


def test_the_name_that_a_program_could_see_says_nothing(tmp_path: Path) -> None:
    cache = BlobCache(tmp_path, 100)
    stored = put(cache, b"hello")
    with cache.pinned([stored]):
        descriptor = cache.open_nameless(stored.sha256)
        shown = Path(f"/proc/self/fd/{descriptor}").readlink().name
        assert stored.sha256 not in shown
        assert read(descriptor) == b"hello"


@pytest.mark.parametrize("name", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "../" + "0" * 61])
def test_only_lower_case_hashes_are_names(name: str) -> None:
    assert not is_blob_name(name)
