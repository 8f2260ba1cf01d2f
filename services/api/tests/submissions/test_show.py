from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from api.problems.testing import add_problem, offer_languages
from api.submissions.testing import BODY, judge
from api.testing import Cast, Client
from database.engine import SessionFactory, transaction
from database.models import Submission

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def ground(sessions: SessionFactory, anything: SessionFactory, cast: Cast) -> None:
    offer_languages(anything)
    add_problem(sessions, "sums", author_id=cast.jury.user_id)


def send(client: Client, **changes: object) -> str:
    answer = client.post("/submissions", {**BODY, **changes})
    assert answer.status_code == 202, answer.json
    assert answer.json is not None
    identity: str = answer.json["id"]
    return identity


def show(client: Client, submission: str) -> dict[str, Any]:
    answer = client.get(f"/submissions/{submission}")
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    found: dict[str, Any] = answer.json
    return found


def test_a_waiting_submission_shows_its_place_in_the_queue(cast: Cast) -> None:
    first, second = send(cast.ada), send(cast.bela)
    assert (show(cast.ada, first)["queue_position"], show(cast.ada, second)["queue_position"]) == (
        1,
        2,
    )


def test_runs_appear_while_it_runs(cast: Cast, anything: SessionFactory) -> None:
    submission = send(cast.ada)
    judge(anything, submission, "AC", verdict=None)
    shown = show(cast.ada, submission)
    assert (shown["state"], shown["verdict"], shown["queue_position"]) == ("running", None, None)
    assert [run["verdict"] for run in shown["runs"]] == ["AC"]


def test_the_sender_sees_all_runs_and_the_details_of_samples_only(
    cast: Cast, anything: SessionFactory
) -> None:
    submission = send(cast.ada)
    judge(anything, submission, "AC", "WA", verdict="WA", compile_output="a warning", reason="why")
    shown = show(cast.ada, submission)
    assert (shown["compile_output"], shown["reason"]) == ("a warning", None)
    sample, secret = shown["runs"]
    assert (sample["test_case"], sample["group"], sample["sample"]) == ("sample/1", "sample", True)
    assert (sample["message"], sample["exit_code"]) == ("about run 1", 0)
    assert (secret["test_case"], secret["group"], secret["verdict"]) == ("2", "secret", "WA")
    assert (secret["message"], secret["exit_code"]) == ("", None)
    assert (secret["cpu_time_ms"], secret["memory_kib"]) == (3, 1000)


@pytest.mark.parametrize("who", ["jury", "admin"])
def test_the_jury_sees_everything(cast: Cast, anything: SessionFactory, who: str) -> None:
    submission = send(cast.ada)
    judge(anything, submission, "AC", "JE", verdict="JE", reason="the judge broke")
    shown = show(cast.everybody[who], submission)
    assert shown["reason"] == "the judge broke"
    assert [run["test_case"] for run in shown["runs"]] == ["sample/1", "secret/01-hint"]
    assert shown["runs"][1]["message"] == "about run 2"


@pytest.mark.parametrize("who", ["bela", "visitor"])
def test_others_see_the_verdict_only(cast: Cast, anything: SessionFactory, who: str) -> None:
    submission = send(cast.ada)
    judge(anything, submission, "AC", "AC", compile_output="secret words")
    shown = show(cast.everybody[who], submission)
    assert (shown["verdict"], shown["cpu_time_ms"], shown["user"]) == ("AC", 7, "ada")
    assert (shown["compile_output"], shown["runs"], shown["reason"]) == ("", [], None)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 200), ("bela", 403), ("jury", 200), ("admin", 200), ("visitor", 401)],
)
def test_the_source_is_for_its_sender_and_the_jury(cast: Cast, who: str, status: int) -> None:
    answer = cast.everybody[who].get(f"/submissions/{send(cast.ada)}/source")
    assert answer.status_code == status
    if status == 200:
        assert answer.json is not None
        assert (answer.json["source"], answer.json["filename"]) == (BODY["source"], "main.cpp")


@pytest.mark.parametrize(
    "path", ["/submissions/nonsense", "/submissions/0190a000-0000-7000-8000-000000000000"]
)
def test_what_is_not_there_is_not_found(cast: Cast, path: str) -> None:
    assert cast.ada.get(path).status_code == 404


def test_submissions_to_a_draft_show_to_their_sender_and_jury(
    cast: Cast, sessions: SessionFactory
) -> None:
    add_problem(sessions, "draft", visibility="draft", author_id=cast.jury.user_id)
    submission = send(cast.jury, problem="draft")
    assert cast.ada.get(f"/submissions/{submission}").status_code == 404
    assert items(cast.ada) == []
    assert items(cast.jury) == items(cast.admin) == [submission]


def items(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/submissions{query}")
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    assert all("source" not in item for item in answer.json["items"])
    return [item["id"] for item in answer.json["items"]]


@pytest.mark.usefixtures("noise")
def test_the_list_is_newest_first_and_filtered(
    cast: Cast, sessions: SessionFactory, anything: SessionFactory
) -> None:
    add_problem(sessions, "other")
    a = send(cast.ada)
    b = send(cast.bela, language="python3")
    c = send(cast.ada, problem="other")
    judge(anything, a, "AC")
    assert items(cast.visitor) == [c, b, a]
    assert items(cast.visitor, "?user=ADA") == [c, a]
    assert items(cast.visitor, "?user=nobody") == []
    assert items(cast.visitor, "?problem=other") == [c]
    assert items(cast.visitor, "?problem=nothing") == []
    assert items(cast.visitor, "?verdict=AC") == [a]
    assert items(cast.visitor, "?language=python3") == [b]
    assert items(cast.visitor, "?state=queued&user=ada") == [c]
    assert items(cast.visitor, "?contest=finals") == []


def test_pages_put_together_are_the_whole_list(cast: Cast) -> None:
    sent = [send(cast.ada) for _ in range(5)]
    found: list[str] = []
    cursor = ""
    while True:
        page = cast.visitor.get(f"/submissions?limit=2{cursor}").json
        assert page is not None
        assert page["total"] == 5
        found += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert found == sent[::-1]


def test_jury_programs_are_in_no_list_and_nobodys_business(
    cast: Cast, anything: SessionFactory
) -> None:
    submission = send(cast.jury)
    with transaction(anything) as db:
        db.execute(update(Submission).values(is_jury=True))
    assert items(cast.admin) == []
    assert cast.ada.get(f"/submissions/{submission}").status_code == 404
    assert show(cast.jury, submission)["id"] == submission


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?verdict=OK", "verdict"),
        ("?verdict=SK", "verdict"),
        ("?state=done", "state"),
        ("?limit=101", "limit"),
        ("?cursor=Wzdd", "cursor"),
        ("?cursor=WyJ4Il0", "cursor"),
        ("?usr=ada", "usr"),
    ],
)
def test_a_wrong_query_is_named(cast: Cast, query: str, field: str) -> None:
    answer = cast.visitor.get(f"/submissions{query}")
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]
