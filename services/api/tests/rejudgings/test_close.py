"""Applying and cancelling: as a whole, once, and nothing overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from api.rejudgings.testing import finish, judgements, valid_verdicts
from api.testing import Cast, Client
from database.engine import SessionFactory, transaction

from .conftest import Ground, Rejudge

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("noise")]


def close(client: Client, how: str, rejudging: dict[str, Any]) -> tuple[int, str]:
    answer = client.post(f"/rejudgings/{rejudging['id']}/{how}")
    assert answer.json is not None
    return answer.status_code, answer.json.get("state") or answer.json["error"]["code"]


def test_applying_flips_the_whole_set_and_overwrites_nothing(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "AC", submission=ground.of_ada)
    finish(anything, made["id"], "TLE")
    before = [row["everything_else"] for row in judgements(anything)]
    assert close(cast.jury, "apply", made) == (200, "applied")
    assert [row["everything_else"] for row in judgements(anything)] == before
    assert valid_verdicts(anything) == {
        ground.of_ada: "AC",
        ground.of_bela: "TLE",
        ground.elsewhere: "AC",
    }
    shown = cast.ada.get(f"/submissions/{ground.of_ada}").json
    assert shown is not None
    assert (shown["verdict"], shown["cpu_time_ms"]) == ("AC", 9)


def test_what_is_not_finished_cannot_be_applied(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made, before = rejudge(), valid_verdicts(anything)
    finish(anything, made["id"], submission=ground.of_ada)
    assert close(cast.jury, "apply", made) == (409, "rejudging_not_finished")
    assert valid_verdicts(anything) == before


def test_applying_twice_is_applying_once(
    cast: Cast, rejudge: Rejudge, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "RTE")
    assert close(cast.jury, "apply", made) == (200, "applied")
    verdicts = valid_verdicts(anything)
    assert close(cast.admin, "apply", made) == (200, "applied")
    assert valid_verdicts(anything) == verdicts
    answer = cast.jury.get(f"/rejudgings/{made['id']}")
    assert answer.json is not None
    assert answer.json["closed_by"] == "jury"
    assert close(cast.jury, "cancel", made) == (409, "rejudging_applied")


def test_an_older_rejudging_does_not_come_back_over_a_newer_one(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    first = rejudge(submission=ground.of_ada)
    finish(anything, first["id"], "AC")
    assert close(cast.jury, "apply", first) == (200, "applied")
    second = rejudge(submission=ground.of_ada)
    finish(anything, second["id"], "TLE")
    assert close(cast.jury, "apply", second) == (200, "applied")
    assert close(cast.jury, "apply", first) == (200, "applied")
    assert valid_verdicts(anything)[ground.of_ada] == "TLE"


def test_applying_at_the_same_time_applies_once(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "MLE")
    people = [cast.jury, cast.admin] * 2
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(lambda who: close(who, "apply", made), people))
    assert set(answers) == {(200, "applied")}
    verdicts = valid_verdicts(anything)
    assert (verdicts[ground.of_ada], verdicts[ground.of_bela]) == ("MLE", "MLE")


def test_applying_and_cancelling_at_the_same_time_does_one_of_both(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "MLE")
    with ThreadPoolExecutor(2) as pool:
        applied = pool.submit(close, cast.jury, "apply", made)
        cancelled = pool.submit(close, cast.admin, "cancel", made)
        statuses = sorted((applied.result()[0], cancelled.result()[0]))
    assert statuses == [200, 409]
    verdicts = valid_verdicts(anything)
    wanted = ("MLE", "MLE") if applied.result()[0] == 200 else ("WA", "AC")
    assert (verdicts[ground.of_ada], verdicts[ground.of_bela]) == wanted


def test_judge_errors_are_left_out_and_reported(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "JE", submission=ground.of_ada)
    finish(anything, made["id"], "TLE")
    answer = cast.jury.post(f"/rejudgings/{made['id']}/apply")
    assert answer.json is not None
    assert (answer.json["counts"]["judge_errors"], answer.json["counts"]["changed"]) == (1, 1)
    verdicts = valid_verdicts(anything)
    assert (verdicts[ground.of_ada], verdicts[ground.of_bela]) == ("WA", "TLE")


def test_a_submission_whose_verdict_changed_meanwhile_is_left_out_and_reported(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made = rejudge()
    finish(anything, made["id"], "TLE")
    with transaction(anything) as db:
        db.execute(text("UPDATE judgements SET valid = false WHERE valid AND verdict = 'WA'"))
        db.execute(
            text("""
                INSERT INTO judgements (id, submission_id, data_set_id, lane, state, verdict, valid)
                SELECT gen_random_uuid(), submission_id, data_set_id, 'rejudge', 'finished', 'OLE',
                       true FROM judgements WHERE verdict = 'WA'
            """)
        )
    answer = cast.jury.post(f"/rejudgings/{made['id']}/apply")
    assert answer.json is not None
    assert answer.json["counts"]["outdated"] == 1
    verdicts = valid_verdicts(anything)
    assert (verdicts[ground.of_ada], verdicts[ground.of_bela]) == ("OLE", "TLE")
    changes = cast.jury.get(f"/rejudgings/{made['id']}/changes?outcome=outdated").json
    assert changes is not None
    assert [change["submission"] for change in changes["items"]] == [ground.of_ada]


def test_cancelling_takes_away_what_is_not_judged_and_keeps_the_rest(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    made, before = rejudge(), valid_verdicts(anything)
    finish(anything, made["id"], "TLE", submission=ground.of_ada)
    assert close(cast.jury, "cancel", made) == (200, "cancelled")
    assert close(cast.jury, "cancel", made) == (200, "cancelled")
    assert valid_verdicts(anything) == before
    left = [row for row in judgements(anything) if row["rejudging_id"]]
    assert [(row["verdict"], row["valid"]) for row in left] == [("TLE", False)]
    assert close(cast.jury, "apply", made) == (409, "rejudging_cancelled")
    assert rejudge()["counts"]["submissions"] == 2


def test_a_grader_that_holds_a_cancelled_judgement_writes_nothing(
    cast: Cast, rejudge: Rejudge, anything: SessionFactory
) -> None:
    made = rejudge()
    with transaction(anything) as db:
        db.execute(text("UPDATE judgements SET state = 'running', claim = 1 WHERE NOT valid"))
    assert close(cast.jury, "cancel", made) == (200, "cancelled")
    finish(anything, made["id"])
    assert len(judgements(anything)) == 3
