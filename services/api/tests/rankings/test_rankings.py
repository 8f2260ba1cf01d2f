from __future__ import annotations

import pytest

from api.problems.testing import add_problem, offer_languages
from api.submissions.testing import BODY, judge
from api.testing import Cast, Client
from database.engine import SessionFactory, transaction
from database.models import RankingRow

pytestmark = pytest.mark.database


def rank(anything: SessionFactory, *rows: tuple[Client, int, int]) -> None:
    with transaction(anything) as db:
        for client, place, score in rows:
            db.add(
                RankingRow(
                    user_id=client.user_id, place=place, score=score, solved=1, submissions=2
                )
            )


@pytest.mark.usefixtures("noise")
def test_the_ranking_is_by_place(cast: Cast, anything: SessionFactory) -> None:
    rank(anything, (cast.bela, 1, 30), (cast.ada, 2, 10), (cast.jury, 2, 10))
    answer = cast.visitor.get("/ranking").json
    assert answer is not None
    assert [(item["place"], item["score"]) for item in answer["items"]] == [
        (1, 30),
        (2, 10),
        (2, 10),
    ]
    assert answer["items"][0]["username"] == "bela"
    assert answer["total"] == 3


def test_pages_do_not_split_a_shared_place(cast: Cast, anything: SessionFactory) -> None:
    rank(anything, (cast.bela, 1, 30), (cast.ada, 2, 10), (cast.jury, 2, 10))
    found, cursor = [], ""
    for _ in range(3):
        page = cast.visitor.get(f"/ranking?limit=1{cursor}").json
        assert page is not None
        found += [item["username"] for item in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert sorted(found) == ["ada", "bela", "jury"]


def test_a_profile_shows_what_is_public(
    cast: Cast, sessions: SessionFactory, anything: SessionFactory
) -> None:
    offer_languages(anything)
    add_problem(sessions, "sums")
    add_problem(sessions, "paths")
    add_problem(sessions, "draft", visibility="draft", author_id=cast.jury.user_id)
    rank(anything, (cast.ada, 1, 20))

    def send(client: Client, problem: str, verdict: str) -> None:
        answer = client.post("/submissions", {**BODY, "problem": problem}).json
        assert answer is not None
        judge(anything, answer["id"], verdict=verdict)

    send(cast.ada, "sums", "WA")
    send(cast.ada, "sums", "AC")
    send(cast.ada, "paths", "WA")
    send(cast.jury, "draft", "AC")
    shown = cast.visitor.get("/users/ADA").json
    assert shown is not None
    assert (shown["place"], shown["score"]) == (1, 20)
    assert (shown["solved"], shown["tried"], shown["submissions"]) == (1, 1, 3)
    assert [problem["slug"] for problem in shown["solved_problems"]] == ["sums"]
    assert [problem["slug"] for problem in shown["tried_problems"]] == ["paths"]
    assert "email" not in shown
    jury = cast.visitor.get("/users/jury").json
    assert jury is not None
    assert jury["solved_problems"] == []


def test_nobody_has_no_profile(cast: Cast) -> None:
    assert cast.visitor.get("/users/nobody-at-all").status_code == 404
