"""The data files, and what is offered of them."""

import pytest

from contracts.judging import RunLimits
from judge.errors import BusyError, LanguageUnknownError
from judge.languages.language import expand, memory_words
from judge.languages.registry import Offer, Registry, load, locate

ALL = load()
LIMITS = RunLimits(cpu_time_ms=1000, memory_kib=256 * 1024)


def test_every_language_has_an_id_of_its_own() -> None:
    ids = [data.id for data in ALL]
    assert len(set(ids)) == len(ids)
    assert {"c", "cpp", "java", "python3", "pypy3", "javascript", "go", "rust"} <= set(ids)


@pytest.mark.parametrize("data", ALL, ids=lambda data: data.id)
def test_every_placeholder_of_a_data_file_is_known(data: object) -> None:
    assert data in ALL
    installed = locate(data, {"linker": "", "headers": "/h"}, lambda _path: True)  # type: ignore[arg-type]
    words = {**installed.words, **memory_words(LIMITS), "main": "m", "main_class": "M"}
    step = installed.data.compile
    for argv in (installed.data.version, installed.data.run.argv, step.argv if step else []):
        for part in expand(argv, words, ["source"]):
            assert "{" not in part or step is not None


@pytest.mark.parametrize("data", ALL, ids=lambda data: data.id)
def test_commands_are_absolute_paths_below_usr(data: object) -> None:
    assert data in ALL
    for paths in data.commands.values():  # type: ignore[attr-defined]
        assert all(path.startswith("/usr/") for path in paths)


def test_a_language_is_offered_only_after_its_self_test() -> None:
    language = locate(ALL[0], {})
    registry = Registry([language])
    with pytest.raises(BusyError):
        registry.find(ALL[0].id)
    assert not registry.complete
    registry.decide(Offer(language, available=True))
    assert registry.find(ALL[0].id) is language
    assert registry.complete


def test_a_language_that_failed_its_self_test_says_why() -> None:
    language = locate(ALL[0], {}, lambda _path: False)
    registry = Registry([language])
    registry.decide(Offer(language, available=False, reason="not installed on this host"))
    with pytest.raises(LanguageUnknownError, match="not installed"):
        registry.find(ALL[0].id)
    (described,) = registry.described()
    assert (described.available, described.reason) == (False, "not installed on this host")


def test_the_commands_shown_to_people_have_no_folders_of_ours() -> None:
    registry = Registry([locate(data, {"linker": "", "headers": "/h"}) for data in ALL])
    for described in registry.described():
        for command in (described.compile_command, described.run_command):
            assert "/opt" not in command
            assert "/h" not in command
