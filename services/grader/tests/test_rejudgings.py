"""A judgement that is taken away while a grader holds it: its writes meet no row."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select, text

from contracts.judging import RunFinished
from contracts.queues import Lane
from contracts.verdicts import State, Verdict
from database.engine import SessionFactory, transaction
from database.models import Judgement, Rejudging, Run
from grader.store import PostgresJudgements
from grader.testing import Arrange
from grader.work import Result

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("noise")]

RUNS = [RunFinished(ordinal=1, verdict=Verdict.AC)]


def test_a_cancelled_rejudging_is_not_judged_and_its_grader_writes_nothing(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    store = PostgresJudgements(engine, grader="tests", lease_s=10.0)
    first = arrange.submission(arrange.problem())
    with transaction(admin) as session:
        rejudging = Rejudging(
            reason="why", filter={}, apply="manual", problem_ids=[], submission_count=2
        )
        session.add(rejudging)
        session.flush()
        added = [
            Judgement(
                submission_id=first.submission_id,
                data_set_id=first.data_set_id,
                lane=Lane.REJUDGE.value,
                rejudging_id=rejudging.id,
                previous_id=first.id,
            )
            for _ in range(2)
        ]
        session.add_all(added)
    claim = store.claim([added[0].id])
    assert claim is not None
    assert store.record(claim, State.RUNNING, RUNS)
    with transaction(admin) as session:
        cancel = text("SELECT cancel_rejudging(:id, NULL)")
        assert session.scalar(cancel, {"id": rejudging.id}) == "done"
    assert not store.record(claim, State.RUNNING, RUNS)
    assert not store.prolong(claim)
    assert not store.finish(claim, Result(verdict=Verdict.AC), RUNS)
    assert not store.hand_back(claim, delay_s=0, failed=True, reason="why")
    assert store.waiting(Lane.REJUDGE) == []
    assert store.claim([added[1].id]) is None
    with transaction(admin) as session:
        count = select(func.count()).select_from(Judgement)
        assert session.scalar(count.where(Judgement.lane == Lane.REJUDGE.value)) == 0
        assert session.scalar(select(func.count()).select_from(Run)) == 0
    assert arrange.judgement(first.id).valid
