from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from api.problems.testing import add_problem, offer_languages
from api.submissions.testing import judge
from api.testing import Cast, Client
from database.engine import SessionFactory, transaction
from database.models import ProblemStatistics

pytestmark = pytest.mark.database


def slugs(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/problems{query}")
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    return [item["slug"] for item in answer.json["items"]]


def send(client: Client, problem: str) -> str:
    body = {"problem": problem, "language": "cpp", "source": "x"}
    answer = client.post("/submissions", body)
    assert answer.json is not None
    identity: str = answer.json["id"]
    return identity


@pytest.fixture
def shelf(sessions: SessionFactory, anything: SessionFactory) -> None:
    """Three public problems and a draft of nobody's."""
    offer_languages(anything)
    sums = add_problem(
        sessions, "sums", titles={"en": "Sums", "ko": "합"}, tags=["math"], difficulty="very_low"
    )
    add_problem(sessions, "paths", titles={"en": "Paths 100%"}, tags=["graph"], difficulty="high")
    add_problem(sessions, "areas", titles={"en": "areas"}, tags=["math", "geometry"])
    add_problem(sessions, "hidden", visibility="draft")
    with transaction(anything) as db:
        db.add(ProblemStatistics(problem_id=sums.id, submissions=4, accepted=1, solvers=1))


@pytest.mark.usefixtures("shelf")
def test_drafts_are_for_admins_and_authors(cast: Cast, sessions: SessionFactory) -> None:
    add_problem(sessions, "mine", visibility="draft", author_id=cast.jury.user_id)
    public = ["sums", "paths", "areas"]
    assert slugs(cast.visitor) == slugs(cast.ada) == public
    assert slugs(cast.jury) == [*public, "mine"]
    assert slugs(cast.admin) == [*public, "hidden", "mine"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=SUM", ["sums"]),
        ("?q=합", ["sums"]),
        ("?q=100%25", ["paths"]),
        ("?q=%25", ["paths"]),
        ("?q=_", []),
        ("?q=999999999999999", []),
        ("?tag=math", ["sums", "areas"]),
        ("?difficulty=high", ["paths"]),
        ("?tag=math&difficulty=low", ["areas"]),
        ("?sort=title", ["areas", "paths", "sums"]),
        ("?sort=-title", ["sums", "paths", "areas"]),
        ("?sort=difficulty", ["sums", "areas", "paths"]),
        ("?sort=-acceptance&limit=1", ["sums"]),
        ("?sort=newest", ["areas", "paths", "sums"]),
    ],
)
def test_the_list_is_filtered_and_sorted(cast: Cast, query: str, found: list[str]) -> None:
    assert slugs(cast.visitor, query) == found


@pytest.mark.usefixtures("shelf")
def test_a_problem_is_found_by_its_number(cast: Cast) -> None:
    number = cast.visitor.get("/problems/paths").json["number"]  # type: ignore[index]
    assert slugs(cast.visitor, f"?q={number}") == ["paths"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("sort", ["number", "title", "-difficulty", "acceptance", "newest"])
def test_pages_put_together_are_the_whole_list(cast: Cast, sort: str) -> None:
    whole, found, cursor = slugs(cast.visitor, f"?sort={sort}"), [], ""
    while True:
        page = cast.visitor.get(f"/problems?sort={sort}&limit=1{cursor}").json
        assert page is not None
        found += [item["slug"] for item in page["items"]]
        assert page["total"] == 3
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert found == whole


@pytest.mark.usefixtures("shelf")
def test_the_list_tells_what_the_reader_solved(cast: Cast, anything: SessionFactory) -> None:
    judge(anything, send(cast.ada, "sums"), "AC")
    judge(anything, send(cast.ada, "sums"), "WA", verdict="WA")
    send(cast.ada, "paths")
    judge(anything, send(cast.bela, "areas"), "AC")
    page = cast.ada.get("/problems").json
    assert page is not None
    assert [item["status"] for item in page["items"]] == ["solved", "tried", None]
    assert slugs(cast.ada, "?status=solved") == ["sums"]
    assert slugs(cast.ada, "?status=tried") == ["paths"]
    assert slugs(cast.ada, "?status=unsolved") == ["paths", "areas"]
    assert cast.ada.get("/problems/sums").json["status"] == "solved"  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?status=solved", "status"),
        ("?sort=luck", "sort"),
        ("?difficulty=easy", "difficulty"),
        ("?limit=0", "limit"),
        ("?cursor=abc", "cursor"),
        ("?colour=red", "colour"),
        ("?q=a%00b", "q"),
    ],
)
def test_a_wrong_query_is_named(cast: Cast, query: str, field: str) -> None:
    answer = cast.visitor.get(f"/problems{query}")
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]


@contextmanager
def counted(sessions: SessionFactory) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    engine = sessions.kw["bind"]
    assert isinstance(engine, Engine)
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.usefixtures("shelf")
def test_the_list_costs_two_statements_whatever_its_length(
    cast: Cast, sessions: SessionFactory
) -> None:
    for _ in range(20):
        add_problem(sessions, with_data=False)
    with counted(sessions) as statements:
        slugs(cast.visitor, "?limit=100")
    assert len(statements) == 2, statements


@pytest.mark.usefixtures("shelf")
def test_a_problem_is_shown_in_the_language_asked_for_or_the_next_best(cast: Cast) -> None:
    def title(query: str) -> str:
        answer = cast.visitor.get(f"/problems/{query}").json
        assert answer is not None
        found: str = answer["statement"]["title"]
        return found

    assert title("sums?lang=ko") == "합"
    assert title("sums?lang=en") == "Sums"
    assert title("sums?lang=fr") == "Sums"
    assert title("paths?lang=ko") == "Paths 100%"


@pytest.mark.usefixtures("shelf")
def test_a_problem_lists_the_languages_that_can_be_used(
    cast: Cast, sessions: SessionFactory
) -> None:
    add_problem(sessions, "only-java-and-cpp", languages=["java", "cpp"])
    shown = cast.visitor.get("/problems/only-java-and-cpp").json
    assert shown is not None
    assert shown["languages"] == ["cpp"]
    assert cast.visitor.get("/problems/sums").json["languages"] == [  # type: ignore[index]
        "cpp",
        "python3",
        "pypy3",
    ]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("slug", ["nothing", "hidden", "%00", "a" * 500])
def test_what_may_not_be_seen_is_not_there(cast: Cast, slug: str) -> None:
    assert cast.ada.get(f"/problems/{slug}").status_code == 404


@pytest.mark.usefixtures("shelf")
def test_tags_are_counted_over_public_problems(cast: Cast) -> None:
    answer = cast.visitor.get("/tags").json
    assert answer == {
        "items": [
            {"tag": "math", "problems": 2},
            {"tag": "geometry", "problems": 1},
            {"tag": "graph", "problems": 1},
        ]
    }


def test_an_author_changes_a_problem(cast: Cast, sessions: SessionFactory) -> None:
    add_problem(sessions, "mine", visibility="draft", author_id=cast.jury.user_id)
    changes = {
        "visibility": "public",
        "difficulty": "mid",
        "tags": ["dp"],
        "cpu_time_limit_ms": 2500,
        "languages": ["cpp"],
    }
    answer = cast.jury.patch("/problems/mine", changes)
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    assert (answer.json["difficulty"], answer.json["tags"]) == ("mid", ["dp"])
    assert answer.json["limits"]["cpu_time_ms"] == 2500
    assert cast.visitor.get("/problems/mine").status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 403), ("visitor", 401), ("jury", 403), ("admin", 200)]
)
def test_only_the_jury_of_a_problem_changes_it(
    cast: Cast, sessions: SessionFactory, who: str, status: int
) -> None:
    add_problem(sessions, "sums")
    answer = cast.everybody[who].patch("/problems/sums", {"difficulty": "mid"})
    assert answer.status_code == status


def test_a_problem_without_data_is_not_published(cast: Cast, sessions: SessionFactory) -> None:
    add_problem(sessions, "empty", visibility="draft", with_data=False)
    answer = cast.admin.patch("/problems/empty", {"visibility": "public"})
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["error"]["code"] == "problem_not_ready"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"tags": ["Two Words"]}, "tags.0"),
        ({"cpu_time_limit_ms": 0}, "cpu_time_limit_ms"),
        ({"memory_limit_kib": "many"}, "memory_limit_kib"),
        ({"visibility": "secret"}, "visibility"),
        ({"slug": "other"}, "slug"),
        ({"languages": []}, "languages"),
    ],
)
def test_a_wrong_change_is_named(
    cast: Cast, sessions: SessionFactory, change: dict[str, Any], field: str
) -> None:
    add_problem(sessions, "sums")
    answer = cast.admin.patch("/problems/sums", change)
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]
