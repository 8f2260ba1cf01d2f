from __future__ import annotations

import pytest
from sqlalchemy import Engine

from contracts.judging import Health, Language
from database.engine import transaction
from database.models import Language as Row
from grader.fakes import FakeClock
from grader.judges import JudgeDirectory
from grader.language_store import PostgresLanguages
from grader.languages import RefreshLanguages, merge
from grader.testing import Arrange


def language(name: str, version: str = "1", *, available: bool = True) -> Language:
    return Language(
        id=name,
        name=name,
        version=version,
        extensions=[f".{name}"],
        compile_command="",
        run_command=name,
        available=available,
    )


def test_each_language_is_listed_once_in_the_order_of_the_judges() -> None:
    merged = merge([[language("cpp"), language("python3")], [language("rust"), language("cpp")]])
    assert [one.id for one in merged] == ["cpp", "python3", "rust"]


def test_one_judge_where_it_works_makes_it_available() -> None:
    merged = merge([[language("go", "1", available=False)], [language("go", "2")]])
    assert [(one.version, one.available) for one in merged] == [("2", True)]


def test_with_no_judge_answering_the_list_stays(clock: FakeClock) -> None:
    class Never:
        def write(self, languages: object) -> None:
            raise AssertionError(languages)

    RefreshLanguages(JudgeDirectory(clock), Never())()


@pytest.mark.database
def test_what_is_no_longer_offered_is_withdrawn_and_comes_back(
    engine: Engine, arrange: Arrange, clock: FakeClock
) -> None:
    directory = JudgeDirectory(clock)
    (judge,) = directory.keep_only(["http://judge"])
    refresh = RefreshLanguages(directory, PostgresLanguages(engine))

    def offer(*ids: str) -> dict[str, bool]:
        offered = {one: language(one) for one in ids}
        directory.welcome(judge, Health(ready=True, rung="fake", slots=1, slots_free=1), offered)
        refresh()
        with transaction(arrange.sessions) as session:
            rows = session.query(Row).order_by(Row.position)
            return {row.id: row.available for row in rows}

    assert offer("cpp", "go") == {"cpp": True, "go": True}
    assert offer("cpp") == {"cpp": True, "go": False}
    assert offer("go", "cpp") == {"go": True, "cpp": True}
    with transaction(arrange.sessions) as session:
        assert session.get_one(Row, "go").extensions == ["go"]
