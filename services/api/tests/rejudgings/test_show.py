"""Lists, progress and changes, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from api.actor import Scope
from api.problems.testing import add_problem
from api.rejudgings.testing import finish, judgements
from api.testing import Cast, with_token
from database.engine import SessionFactory

from .conftest import Ground, Rejudge

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("noise")]


def test_progress_leads_from_judging_to_ready(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "AC", submission=ground.of_ada)
    shown = cast.jury.get(f"/rejudgings/{made['id']}").json
    assert shown is not None
    assert shown["state"] == "judging"
    assert (shown["counts"]["queued"], shown["counts"]["finished"]) == (1, 1)
    finish(anything, made["id"], "AC")
    shown = cast.jury.get(f"/rejudgings/{made['id']}").json
    assert shown is not None
    assert (shown["state"], shown["counts"]["changed"]) == ("ready", 1)
    assert shown["transitions"] == [
        {"old": "AC", "new": "AC", "count": 1},
        {"old": "WA", "new": "AC", "count": 1},
    ]


def test_changes_say_what_becomes_of_each_submission(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "AC", submission=ground.of_ada)
    path = f"/rejudgings/{made['id']}/changes"
    page = cast.jury.get(path).json
    assert page is not None
    first, second = page["items"]
    assert (first["old_verdict"], first["new_verdict"], first["outcome"]) == ("WA", "AC", "changed")
    assert (first["old_cpu_time_ms"], first["new_cpu_time_ms"]) == (7, 9)
    assert (first["user"], first["language"], first["problem"]) == ("ada", "cpp", "sums")
    assert (second["old_verdict"], second["new_verdict"], second["outcome"]) == (
        "AC",
        None,
        "pending",
    )
    page = cast.jury.get(f"{path}?outcome=changed").json
    assert page is not None
    assert [change["submission"] for change in page["items"]] == [ground.of_ada]


def test_old_verdicts_are_still_told_after_it_was_applied(
    cast: Cast, rejudge: Rejudge, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "TLE")
    cast.jury.post(f"/rejudgings/{made['id']}/apply")
    page = cast.jury.get(f"/rejudgings/{made['id']}/changes").json
    assert page is not None
    assert [(one["old_verdict"], one["new_verdict"]) for one in page["items"]] == [
        ("WA", "TLE"),
        ("AC", "TLE"),
    ]


def test_changes_and_lists_come_in_pages(cast: Cast, rejudge: Rejudge, ground: Ground) -> None:
    made = rejudge()
    path = f"/rejudgings/{made['id']}/changes?limit=1"
    first = cast.jury.get(path).json
    assert first is not None
    second = cast.jury.get(f"{path}&cursor={first['next_cursor']}").json
    assert second is not None
    found = [page["items"][0]["submission"] for page in (first, second)]
    assert (found, second["next_cursor"]) == ([ground.of_ada, ground.of_bela], None)
    other = rejudge(by=cast.admin, problem="others")
    first = cast.admin.get("/rejudgings?limit=1").json
    assert first is not None
    second = cast.admin.get(f"/rejudgings?cursor={first['next_cursor']}").json
    assert second is not None
    assert [page["items"][0]["id"] for page in (first, second)] == [other["id"], made["id"]]
    assert cast.admin.get("/rejudgings?cursor=bm9wZQ").status_code == 422


def test_a_list_takes_as_many_queries_with_many_as_with_one(
    cast: Cast,
    rejudge: Rejudge,
    ground: Ground,
    queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    rejudge(submission=ground.of_ada)
    with queries() as one:
        cast.jury.get("/rejudgings")
    rejudge(submission=ground.of_bela)
    with queries() as two:
        cast.jury.get("/rejudgings")
    assert len(one) == len(two)


@pytest.mark.parametrize("how", ["", "/changes", "/apply", "/cancel"])
def test_a_rejudging_exists_for_the_jury_of_its_problems_alone(
    cast: Cast, rejudge: Rejudge, ground: Ground, how: str
) -> None:
    made = rejudge(by=cast.admin, problem="sums")
    ask = "POST" if how in {"/apply", "/cancel"} else "GET"
    people = {**cast.everybody, "other": ground.other_setter}
    # The admin comes last: cancelling twice is allowed, and applying refused to both alike.
    found = {
        who: people[who].ask(ask, f"/rejudgings/{made['id']}{how}").status_code for who in people
    }
    fine = 409 if how == "/apply" else 200
    assert found == {
        "ada": 403,
        "bela": 403,
        "visitor": 401,
        "other": 404,
        "jury": fine,
        "admin": fine,
    }


def test_who_may_judge_what_again(cast: Cast, ground: Ground) -> None:
    people = {**cast.everybody, "other": ground.other_setter}
    filters = {
        "problem": {"problem": "sums"},
        "submission": {"submission": ground.of_ada},
        "user": {"user": "ada"},
    }
    found = {
        name: {
            who: people[who].post("/rejudgings/preview", {"filter": wanted}).status_code
            for who in people
        }
        for name, wanted in filters.items()
    }
    nobody_else = {"ada": 403, "bela": 403, "visitor": 401}
    named = {**nobody_else, "jury": 200, "admin": 200, "other": 403}
    assert found == {
        "problem": named,
        "submission": named,
        "user": {**nobody_else, "jury": 200, "admin": 200, "other": 200},
    }


def test_a_setter_meets_only_their_own_problems(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    rejudge(user="ada")
    rejudge(by=ground.other_setter, user="ada")
    added = [row for row in judgements(anything) if row["rejudging_id"]]
    assert [str(row["submission_id"]) for row in added] == [ground.of_ada, ground.elsewhere]
    for client, count in ((cast.jury, 1), (ground.other_setter, 1), (cast.admin, 2)):
        page = client.get("/rejudgings").json
        assert page is not None
        assert len(page["items"]) == count


def test_a_draft_of_somebody_else_does_not_exist(
    cast: Cast, ground: Ground, sessions: SessionFactory
) -> None:
    del ground
    add_problem(sessions, "secret", visibility="draft")
    answer = cast.jury.post("/rejudgings/preview", {"filter": {"problem": "secret"}})
    assert answer.json is not None
    assert answer.json["error"]["code"] == "problem_not_found"


def test_a_token_needs_the_scope_problems(
    app: Flask, cast: Cast, ground: Ground, sessions: SessionFactory
) -> None:
    del ground
    assert cast.jury.user_id is not None
    wanted = {"filter": {"problem": "sums"}}
    for scope, status in ((Scope.PROBLEMS, 200), (Scope.SUBMIT, 403)):
        program = with_token(app, sessions, cast.jury.user_id, scope)
        assert program.post("/rejudgings/preview", wanted).status_code == status
