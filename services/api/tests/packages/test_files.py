from __future__ import annotations

import io
import random
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from api.packages.faults import Faults, PackageInvalidError
from api.packages.files import Bounds, DamagedFileError, FolderFiles, ZipFiles
from api.packages.testing import VALID, codes, package, read_zip, zipped


def refused(packed: io.BytesIO, bounds: Bounds | None = None) -> list[tuple[str, str]]:
    faults = Faults()
    ZipFiles(packed, "x.zip", faults, bounds or Bounds())
    return [(fault.code, fault.file) for fault in faults.errors]


def with_entry(path: str, content: bytes = b"x", mode: int = 0) -> io.BytesIO:
    packed = zipped(package())
    with zipfile.ZipFile(packed, "a") as archive:
        info = zipfile.ZipInfo(path)
        info.external_attr = mode << 16
        archive.writestr(info, content)
    packed.seek(0)
    return packed


def test_the_problem_may_stand_in_the_zips_one_folder() -> None:
    packed = zipped({f"adding/{path}": content for path, content in package().items()})
    found, faults = read_zip(packed)
    assert (found.name_hint, len(found.cases), faults.errors) == ("adding", 2, [])


@pytest.mark.parametrize(
    "path",
    [
        "../evil",
        "data/../../evil",
        "/etc/passwd",
        "C:/evil",
        "data\\evil",
        "data/new\nline",
        "d/" * 600 + "x",
    ],
)
def test_a_name_that_leaves_the_package_is_refused(path: str) -> None:
    # ZipInfo turns the backslash of this system's own separator only, so it arrives as written.
    assert refused(with_entry(path))[0][0] == "unsafe_path"


def test_names_that_differ_in_case_only_are_refused() -> None:
    assert refused(with_entry("data/Sample/1.in")) == [("names_clash", "data/Sample/1.in")]


def test_a_file_named_like_a_folder_is_refused() -> None:
    assert refused(with_entry("data/sample")) == [("names_clash", "data/sample")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused() -> None:
    assert refused(with_entry("problem.yaml")) == [("name_twice", "problem.yaml")]


def test_dot_files_and_what_macs_add_are_as_if_absent() -> None:
    packed = zipped({**package(), "__MACOSX/._x": "", ".git/config": "", "data/.DS_Store": ""})
    assert refused(packed) == []


def test_a_link_within_the_package_is_followed() -> None:
    packed = with_entry("data/secret/02.in", b"../sample/1.in", stat.S_IFLNK | 0o777)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("data/secret/02.ans", "3\n")
    packed.seek(0)
    faults = Faults()
    files = ZipFiles(packed, "x.zip", faults)
    assert faults.errors == []
    assert b"".join(files.open("data/secret/02.in")) == b"1 2\n"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (b"/etc/passwd", "link_leaves"),
        (b"../../../etc/passwd", "link_leaves"),
        (b"nothing", "link_broken"),
        (b"02.in", "link_broken"),
        (b"x" * 5000, "link_broken"),
    ],
)
def test_a_link_to_anything_else_is_refused(target: bytes, code: str) -> None:
    packed = with_entry("data/secret/02.in", target, stat.S_IFLNK | 0o777)
    assert refused(packed) == [(code, "data/secret/02.in")]


def test_a_device_is_refused() -> None:
    packed = with_entry("data/null", b"", stat.S_IFCHR | 0o666)
    assert refused(packed) == [("not_a_file", "data/null")]


def test_too_many_files_are_refused() -> None:
    assert refused(zipped(package()), Bounds(entries=3)) == [("too_many_files", "")]


def test_one_huge_file_is_refused() -> None:
    bounds = Bounds(file_bytes=1 << 20)
    assert refused(with_entry("data/secret/z.in", b"0" * (2 << 20)), bounds) == [
        ("file_too_large", "data/secret/z.in")
    ]


def test_a_bomb_of_many_files_is_refused() -> None:
    assert refused(zipped(package()), Bounds(total_bytes=20))[0][0] == "package_too_large"


def test_a_directory_that_would_fill_the_memory_is_refused_before_it_is_parsed() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"data/secret/{number:060}.in", b"")
    packed.seek(0)
    tracemalloc.start()
    found = refused(packed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [("not_a_zip", "x.zip")]
    assert peak < 16 << 20


def test_a_bomb_is_read_in_bounded_memory() -> None:
    packed = with_entry_deflated("data/secret/z.in", 100 << 20)
    faults = Faults()
    files = ZipFiles(packed, "x.zip", faults)
    tracemalloc.start()
    size = sum(map(len, files.open("data/secret/z.in")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (size, faults.errors) == (100 << 20, [])
    assert peak < 16 << 20


def with_entry_deflated(path: str, size: int) -> io.BytesIO:
    packed = zipped(package())
    archive = zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(path, "w") as stream:
        for _ in range(size >> 20):
            stream.write(b"0" * (1 << 20))
    packed.seek(0)
    return packed


def test_a_file_larger_than_it_says_is_damaged() -> None:
    packed = zipped({**package(), "data/secret/z.in": "0" * 5000})
    raw = packed.getvalue()
    # The size in the central directory, where it is believed.
    at = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"data/secret/z.in"))
    forged = raw[: at + 24] + struct.pack("<I", 10) + raw[at + 28 :]
    files = ZipFiles(io.BytesIO(forged), "x.zip", Faults())
    with pytest.raises(DamagedFileError):
        list(files.open("data/secret/z.in"))


def test_an_unknown_compression_is_refused() -> None:
    packed = zipped(package())
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("data/secret/z.in", "x")
    packed.seek(0)
    assert refused(packed) == [("compression_unknown", "data/secret/z.in")]


def test_an_encrypted_file_is_refused() -> None:
    raw = zipped({"problem.yaml": "x"}).getvalue()
    at = raw.index(b"PK\x01\x02")
    forged = raw[: at + 8] + b"\x01" + raw[at + 9 :]
    assert refused(io.BytesIO(forged)) == [("encrypted", "problem.yaml")]


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    assert refused(io.BytesIO(content)) == [("not_a_zip", "x.zip")]


def test_flipped_bytes_never_crash_the_reader() -> None:
    chance = random.Random(20251123)  # noqa: S311 - a reproducible fuzz
    whole = zipped(package()).getvalue()
    for _ in range(600):
        broken = bytearray(whole[: chance.choice([len(whole), chance.randrange(len(whole))])])
        for _ in range(chance.randrange(1, 6)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_zip(io.BytesIO(bytes(broken)))
        except PackageInvalidError as error:
            assert error.faults.errors  # noqa: PT017 - either is fine, a crash is not


def write_folder(folder: Path) -> None:
    for path, content in VALID.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(str(content))


def test_a_folder_reads_like_its_zip(tmp_path: Path) -> None:
    write_folder(tmp_path)
    faults = Faults()
    files = FolderFiles(tmp_path, faults)
    assert files.sizes == ZipFiles(zipped(package()), "x.zip", Faults()).sizes
    assert b"".join(files.open("data/sample/1.in")) == b"1 2\n"


def test_a_folders_link_to_the_outside_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "data/secret/evil.in").symlink_to("/etc/passwd")
    faults = Faults()
    FolderFiles(tmp_path, faults)
    assert [fault.code for fault in faults.errors] == ["link_leaves"]


def test_every_fault_is_told_at_once() -> None:
    found = codes(
        {"data/sample/1.ans": None, "problem.yaml": "name: 1\nfoo: 2\n", "include/c/x.h": ""}
    )
    assert [code for code, _, _ in found] == ["key_unknown", "not_supported", "answer_missing"]
