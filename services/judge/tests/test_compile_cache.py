"""The cache of compiled programs: what it is named by, its cap, and that damage is noticed."""

from pathlib import Path

import msgspec
import pytest

from contracts.judging import SourceFile
from judge.compile_cache import CachedFile, CachedProgram, CompileCache, key_of
from judge.http.rig import LANGUAGE
from judge.languages.entry import Prepared
from judge.languages.language import LanguageData
from judge.languages.registry import Installed

FAKE = Installed(msgspec.yaml.decode(LANGUAGE, type=LanguageData), toolchain="fakec 1")


def program(size: int = 100) -> CachedProgram:
    return CachedProgram([CachedFile("program", b"x" * size)], "a warning", 5, 6)


def prepared(content: bytes = b"add", name: str = "main.fake", main: str = "main.fake") -> Prepared:
    return Prepared((SourceFile(name=name, content=content),), main)


def test_what_was_put_is_found_also_by_the_next_process(tmp_path: Path) -> None:
    CompileCache(tmp_path, 10_000).put("k" * 64, program())
    assert CompileCache(tmp_path, 10_000).get("k" * 64) == program()
    assert CompileCache(tmp_path, 10_000).get("n" * 64) is None


def test_a_damaged_entry_is_discarded(tmp_path: Path) -> None:
    cache = CompileCache(tmp_path, 10_000)
    cache.put("k" * 64, program())
    path = tmp_path / ("k" * 64)
    path.write_bytes(path.read_bytes()[:-1] + b"y")
    assert cache.get("k" * 64) is None
    assert not path.exists()


def test_the_oldest_make_room(tmp_path: Path) -> None:
    cache = CompileCache(tmp_path, 2500)
    cache.put("a" * 64, program(1000))
    cache.put("b" * 64, program(1000))
    assert cache.get("a" * 64) is not None
    cache.put("c" * 64, program(1000))
    found = {key: cache.get(key * 64) is not None for key in "abc"}
    assert found == {"a": True, "b": False, "c": True}


def test_a_program_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    cache = CompileCache(tmp_path, 500)
    cache.put("a" * 64, program(1000))
    assert cache.get("a" * 64) is None


@pytest.mark.parametrize(
    ("language", "argv", "sources"),
    [
        (FAKE, ["fakec", "-O3"], prepared()),
        (FAKE, ["fakec"], prepared(b"sub")),
        (FAKE, ["fakec"], prepared(name="other.fake")),
        (FAKE, ["fakec"], prepared(main="other.fake")),
        (Installed(FAKE.data, toolchain="fakec 2"), ["fakec"], prepared()),
    ],
)
def test_everything_that_matters_is_in_the_key(
    language: Installed, argv: list[str], sources: Prepared
) -> None:
    assert key_of(language, argv, sources) != key_of(FAKE, ["fakec"], prepared())
    assert key_of(FAKE, ["fakec"], prepared()) == key_of(FAKE, ["fakec"], prepared())
