"""The corpus: problems in the Kattis layout whose submissions must get the verdict they promise.

A regression is added by adding a file below `corpus/<problem>/submissions/<verdict>/`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.cli import PROMISES, judge_file, opened_workshop
from judge.folder import read
from judge.languages.registry import load, locate
from judge.workshop import Workshop

CORPUS = Path(__file__).parents[2] / "corpus"
ALL = sorted(path for path in CORPUS.glob("*/submissions/*/*") if path.is_file())
LANGUAGES = {".c": "c", ".cpp": "cpp", ".py": "python3", ".java": "java", ".js": "javascript"}
INSTALLED = {data.id for data in load() if not locate(data, {}).missing}
PROGRAMS = [path for path in ALL if LANGUAGES[path.suffix] in INSTALLED]

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with opened_workshop(tmp_path_factory.mktemp("cache"), frozenset(LANGUAGES.values())) as opened:
        yield opened


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parts[-4]}/{path.name}")
def test_each_program_gets_the_verdict_that_it_promises(workshop: Workshop, path: Path) -> None:
    language = LANGUAGES[path.suffix]
    result = judge_file(workshop, read(path.parents[2]), path, language, stop=True)
    assert result.verdict is PROMISES[path.parent.name], result


def test_every_folder_of_submissions_is_a_promise() -> None:
    assert {path.parent.name for path in ALL} <= set(PROMISES)


def test_the_languages_of_every_host_are_among_those_tried() -> None:
    assert {path.suffix for path in PROGRAMS} >= {".c", ".cpp", ".py"}
