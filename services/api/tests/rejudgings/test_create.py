"""Asking for a rejudging: what is matched, what is refused, what is written."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from api.broker import FakeBroker
from api.clock import FakeClock
from api.rejudgings import service
from api.rejudgings.testing import judgements, valid_verdicts
from api.submissions.testing import judge
from api.testing import Cast
from contracts.messages import GradeJudgement
from contracts.queues import Lane
from database.base import new_id
from database.engine import SessionFactory, transaction
from database.models import DataSet, Problem, Submission

from .conftest import Ground, Rejudge, send

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("noise")]


def body(**wanted: object) -> dict[str, object]:
    return {"reason": "why", "filter": wanted}


def new_data(db: Session, ground: Ground) -> UUID:
    """Give `sums` other data, as importing its package again does."""
    data_set = DataSet(id=new_id(), problem_id=ground.sums.id, version=2, test_case_count=0)
    db.add(data_set)
    db.flush()
    db.get_one(Problem, ground.sums.id).data_set_id = data_set.id
    return data_set.id


def test_a_rejudging_adds_judgements_beside_those_that_count(
    rejudge: Rejudge, ground: Ground, anything: SessionFactory, broker: FakeBroker
) -> None:
    before = [row["everything_else"] for row in judgements(anything)]
    verdicts, rung = valid_verdicts(anything), len(broker.sent)
    made = rejudge()
    assert (made["state"], made["author"], made["filter"]) == (
        "judging",
        "jury",
        {"problem": "sums"},
    )
    assert made["counts"]["submissions"] == made["counts"]["queued"] == 2
    rows = judgements(anything)
    assert [row["everything_else"] for row in rows[:3]] == before
    assert valid_verdicts(anything) == verdicts
    added = rows[3:]
    assert [str(row["submission_id"]) for row in added] == [ground.of_ada, ground.of_bela]
    assert {(row["lane"], row["state"], row["valid"]) for row in added} == {
        ("rejudge", "queued", False)
    }
    assert {str(row["rejudging_id"]) for row in added} == {made["id"]}
    bells = broker.sent[rung:]
    assert [bell.lane for bell in bells if isinstance(bell, GradeJudgement)] == [Lane.REJUDGE] * 2


def test_new_judgements_are_on_the_data_that_the_problem_has_now(
    rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    with transaction(anything) as db:
        newest = new_data(db, ground)
    rejudge()
    assert {row["data_set_id"] for row in judgements(anything)[3:]} == {newest}


def test_few_doorbells_are_rung_however_many_are_judged(
    rejudge: Rejudge, broker: FakeBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "DOORBELLS", 1)
    rung = len(broker.sent)
    rejudge()
    assert len(broker.sent) == rung + 1


def test_a_broker_that_is_away_loses_nothing(
    rejudge: Rejudge, broker: FakeBroker, anything: SessionFactory
) -> None:
    broker.ill = True
    rejudge()
    assert len(judgements(anything)) == 5


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"problem": "sums"}, "ab"),
        ({"user": "ADA"}, "ae"),
        ({"user": "ada", "problem": "sums"}, "a"),
        ({"language": "python3"}, "b"),
        ({"verdict": "AC"}, "be"),
        ({"verdict": "rejected"}, "a"),
        ({"verdict": "AC", "user": "ada"}, "e"),
        ({"user": "nobody"}, ""),
        ({"verdict": "TLE"}, ""),
    ],
)
def test_conditions_combine(
    cast: Cast, ground: Ground, wanted: dict[str, str], found: str, anything: SessionFactory
) -> None:
    names = {"a": ground.of_ada, "b": ground.of_bela, "e": ground.elsewhere}
    answer = cast.admin.post("/rejudgings", body(**wanted))
    if not found:
        assert (answer.status_code, answer.json["error"]["code"]) == (  # type: ignore[index]
            422,
            "rejudging_matches_nothing",
        )
        return
    added = judgements(anything)[3:]
    assert {str(row["submission_id"]) for row in added} == {names[each] for each in found}


def test_a_range_of_times_has_its_start_and_not_its_end(
    cast: Cast, ground: Ground, anything: SessionFactory, clock: FakeClock
) -> None:
    del ground
    at, later = clock.now(), clock.now() + timedelta(seconds=1)
    preview = {"filter": {"from": at.isoformat(), "until": later.isoformat()}}
    answer = cast.admin.post("/rejudgings/preview", preview)
    assert answer.json is not None
    assert answer.json["submissions"] == 3
    preview = {"filter": {"until": at.isoformat()}}
    answer = cast.admin.post("/rejudgings/preview", preview)
    assert answer.json is not None
    assert answer.json["submissions"] == 0
    assert len(judgements(anything)) == 3


def test_a_preview_counts_and_does_nothing(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    rejudge(submission=ground.of_ada)
    answer = cast.admin.post("/rejudgings/preview", {"filter": {"verdict": "AC"}})
    assert answer.json == {
        "submissions": 2,
        "taken": 0,
        "problems": ["others", "sums"],
        "verdicts": [{"verdict": "AC", "count": 2}],
    }
    answer = cast.jury.post("/rejudgings/preview", {"filter": {"problem": "sums"}})
    assert answer.json is not None
    assert (answer.json["submissions"], answer.json["taken"]) == (1, 1)
    assert len(judgements(anything)) == 4


@pytest.mark.parametrize(
    ("sent", "status", "code", "field"),
    [
        ({"filter": {"problem": "sums"}}, 422, "validation_failed", "reason"),
        ({"reason": " ", "filter": {"problem": "sums"}}, 422, "validation_failed", "reason"),
        ({"reason": "why"}, 422, "validation_failed", "filter"),
        (body(), 422, "rejudging_filter_empty", "filter"),
        (body(problem=None), 422, "rejudging_filter_empty", "filter"),
        (body(judge="judge-1"), 422, "validation_failed", "filter.judge"),
        (body(verdict="XX"), 422, "validation_failed", "filter.verdict"),
        (body(problem="nowhere"), 422, "problem_not_found", "filter.problem"),
        (body(contest="finals"), 422, "contest_not_found", "filter.contest"),
        (body(submission=str(new_id())), 422, "submission_not_found", "filter.submission"),
        ({**body(problem="sums"), "apply": "later"}, 422, "validation_failed", "apply"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    cast: Cast, ground: Ground, sent: dict[str, object], status: int, code: str, field: str
) -> None:
    del ground
    answer = cast.admin.post("/rejudgings", sent)
    assert answer.json is not None
    error = answer.json["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert field in error["fields"]


def test_too_many_at_once_are_refused(
    cast: Cast, ground: Ground, monkeypatch: pytest.MonkeyPatch, anything: SessionFactory
) -> None:
    del ground
    monkeypatch.setattr(service, "AT_MOST", 1)
    answer = cast.jury.post("/rejudgings", body(problem="sums"), headers={"Accept-Language": "ko"})
    assert answer.json is not None
    assert answer.json["error"]["code"] == "rejudging_too_large"
    assert len(judgements(anything)) == 3


def test_asking_twice_judges_once(cast: Cast, rejudge: Rejudge, anything: SessionFactory) -> None:
    rejudge()
    answer = cast.jury.post("/rejudgings", body(problem="sums"))
    assert answer.json is not None
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "rejudging_overlaps")
    assert len(judgements(anything)) == 5


def test_what_waits_for_its_first_judging_is_left_alone(
    cast: Cast, ground: Ground, anything: SessionFactory
) -> None:
    del ground
    waiting = send(cast.bela)
    answer = cast.jury.post("/rejudgings", body(submission=waiting))
    assert answer.json is not None
    assert answer.json["error"]["code"] == "rejudging_matches_nothing"
    judge(anything, waiting, verdict="JE")
    assert cast.jury.post("/rejudgings", body(submission=waiting)).status_code == 201


def test_what_waits_on_old_data_is_judged_again(
    rejudge: Rejudge, cast: Cast, ground: Ground, anything: SessionFactory
) -> None:
    waiting = send(cast.bela)
    with transaction(anything) as db:
        new_data(db, ground)
    assert rejudge(submission=waiting)["counts"]["submissions"] == 1


def test_programs_of_the_jury_are_judged_again_when_named(
    cast: Cast, rejudge: Rejudge, ground: Ground, anything: SessionFactory
) -> None:
    with transaction(anything) as db:
        db.get_one(Submission, ground.of_bela).is_jury = True
    answer = cast.jury.post("/rejudgings/preview", {"filter": {"problem": "sums"}})
    assert answer.json is not None
    assert answer.json["submissions"] == 1
    assert rejudge(submission=ground.of_bela)["counts"]["submissions"] == 1
