"""The corpus: problems in the Kattis layout whose submissions must get the verdict they promise.

A regression is added by adding a file below `corpus/<problem>/submissions/<verdict>/`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.cli import PROMISES, judge_file, language_of, opened_workshop
from judge.errors import JudgeError
from judge.folder import read
from judge.workshop import Workshop

CORPUS = Path(__file__).parents[2] / "corpus"
PROGRAMS = sorted(
    path for path in CORPUS.glob("*/submissions/*/*") if path.is_file() and path.suffix != ".md"
)
ALWAYS = {".c", ".cpp", ".py"}

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with opened_workshop(tmp_path_factory.mktemp("cache")) as opened:
        yield opened


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parts[-4]}/{path.name}")
def test_each_program_gets_the_verdict_that_it_promises(workshop: Workshop, path: Path) -> None:
    if not _is_offered(workshop, path):
        assert path.suffix not in ALWAYS
        pytest.skip(f"this host has no language for {path.suffix}")
    problem = read(path.parents[2])
    result = judge_file(workshop, problem, path, stop=True)
    assert result.verdict is PROMISES[path.parent.name], result


def test_every_folder_of_submissions_is_a_promise() -> None:
    assert {path.parent.name for path in PROGRAMS} <= set(PROMISES)


def _is_offered(workshop: Workshop, path: Path) -> bool:
    try:
        return bool(language_of(workshop, path))
    except JudgeError:
        return False
