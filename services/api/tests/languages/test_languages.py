from __future__ import annotations

import pytest

from api.languages.extensions import language_of
from api.problems.testing import offer_languages
from api.testing import Client
from database.engine import SessionFactory


@pytest.mark.database
def test_before_a_judge_has_answered_there_are_none(client: Client) -> None:
    assert client.get("/languages").json == {"items": [], "next_cursor": None, "total": 0}


@pytest.mark.database
def test_languages_are_listed_in_the_judges_order(client: Client, anything: SessionFactory) -> None:
    offer_languages(anything)
    answer = client.get("/languages").json
    assert answer is not None
    assert [(item["id"], item["available"]) for item in answer["items"]] == [
        ("cpp", True),
        ("python3", True),
        ("pypy3", True),
        ("java", False),
    ]
    assert set(answer["items"][0]) == {
        "id",
        "name",
        "version",
        "extensions",
        "compile_command",
        "run_command",
        "available",
    }


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.cpp", "cpp"),
        ("a.C", "cpp"),
        ("a.c", "c"),
        ("Main.JAVA", "java"),
        ("a.b.py", "python3"),
        ("a.xyz", None),
        ("cpp", None),
        ("", None),
    ],
)
def test_an_extension_says_the_language(name: str, language: str | None) -> None:
    assert language_of(name) == language
