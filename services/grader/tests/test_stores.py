"""One suite for both stores of judgements: that is what makes the one in memory trustworthy."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Protocol
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from contracts.judging import RunFinished
from contracts.queues import Lane
from contracts.verdicts import State, Verdict
from database.engine import transaction
from database.models import Judgement, Run
from grader.fakes import FakeClock, FakeRow, MemoryJudgements
from grader.ports import JudgementStore
from grader.store import PostgresJudgements
from grader.testing import Arrange
from grader.work import Claim, Material, Result

RUNS = [
    RunFinished(ordinal=1, verdict=Verdict.AC, cpu_time_ms=5, memory_kib=7, message="fine\x00"),
    RunFinished(ordinal=2, verdict=Verdict.WA, exit_code=0),
]


class Stage(Protocol):
    """A store and the means to look behind it."""

    store: JudgementStore

    def queue(self) -> UUID: ...
    def end_lease(self, judgement_id: UUID) -> None: ...
    def rest(self, judgement_id: UUID) -> None: ...
    def look(self, judgement_id: UUID) -> tuple[State, int, int, Verdict | None, list[int]]: ...


class InMemory:
    def __init__(self, material: Material) -> None:
        self.clock = FakeClock()
        self.memory = MemoryJudgements(self.clock)
        self.store: JudgementStore = self.memory
        self._material = material

    def queue(self) -> UUID:
        row = FakeRow(judgement_id=uuid4(), user_id=UUID(int=1), material=self._material)
        self.memory.add(row)
        return row.judgement_id

    def end_lease(self, judgement_id: UUID) -> None:
        self.memory.rows[judgement_id].lease_until = self.clock.now - 1

    def rest(self, judgement_id: UUID) -> None:
        self.memory.rows[judgement_id].not_before = self.clock.now

    def look(self, judgement_id: UUID) -> tuple[State, int, int, Verdict | None, list[int]]:
        row = self.memory.rows[judgement_id]
        verdict = row.result.verdict if row.result else None
        return row.state, row.claim, row.failures, verdict, sorted(row.runs)


class InPostgres:
    def __init__(self, engine: Engine, arrange: Arrange) -> None:
        self.store: JudgementStore = PostgresJudgements(engine, grader="tests", lease_s=10.0)
        self._arrange = arrange
        self._problem = arrange.problem(cases=3)

    def queue(self) -> UUID:
        return self._arrange.submission(self._problem).id

    def end_lease(self, judgement_id: UUID) -> None:
        self._set("lease_until = now() - interval '1 second'", judgement_id)

    def rest(self, judgement_id: UUID) -> None:
        self._set("not_before = now()", judgement_id)

    def look(self, judgement_id: UUID) -> tuple[State, int, int, Verdict | None, list[int]]:
        with transaction(self._arrange.sessions) as session:
            row = session.get_one(Judgement, judgement_id)
            runs = session.query(Run).filter_by(judgement_id=judgement_id)
            verdict = Verdict(row.verdict) if row.verdict else None
            ordinals = sorted(run.ordinal for run in runs)
            return State(row.state), row.claim, row.failures, verdict, ordinals

    def _set(self, change: str, judgement_id: UUID) -> None:
        with transaction(self._arrange.sessions) as session:
            session.execute(
                text(f"UPDATE judgements SET {change} WHERE id = :id"),  # noqa: S608
                {"id": judgement_id},
            )


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.database)])
def stage(request: pytest.FixtureRequest, material: Material) -> Stage:
    if request.param == "memory":
        return InMemory(material)
    request.getfixturevalue("noise")
    return InPostgres(request.getfixturevalue("engine"), request.getfixturevalue("arrange"))


def take(stage: Stage, judgement_id: UUID) -> Claim:
    claim = stage.store.claim([judgement_id])
    assert claim is not None
    return claim


def test_the_first_free_candidate_is_taken(stage: Stage) -> None:
    first, second, third = (stage.queue() for _ in range(3))
    take(stage, second)
    claim = stage.store.claim([uuid4(), second, third, first])
    assert claim is not None
    assert claim.judgement_id == third
    assert (claim.number, claim.failures, claim.lane) == (1, 0, Lane.PRACTICE)
    assert [case.ordinal for case in claim.material.cases] == [1, 2, 3]


def test_nobody_takes_what_somebody_has(stage: Stage) -> None:
    judgement_id = stage.queue()
    take(stage, judgement_id)
    assert stage.store.claim([judgement_id]) is None
    assert judgement_id not in [one.judgement_id for one in stage.store.waiting(Lane.PRACTICE)]


def test_what_waits_is_seen_in_its_lane_only(stage: Stage) -> None:
    judgement_id = stage.queue()
    assert judgement_id in [one.judgement_id for one in stage.store.waiting(Lane.PRACTICE)]
    assert stage.store.waiting(Lane.CONTEST) == []


def test_progress_is_written_under_the_claim(stage: Stage) -> None:
    claim = take(stage, stage.queue())
    assert stage.store.record(claim, State.RUNNING, RUNS[:1])
    assert stage.look(claim.judgement_id) == (State.RUNNING, 1, 0, None, [1])
    assert stage.store.finish(claim, Result(verdict=Verdict.WA), RUNS[1:])
    assert stage.look(claim.judgement_id) == (State.FINISHED, 1, 0, Verdict.WA, [1, 2])


def test_a_lost_lease_is_a_failure_and_its_runs_go(stage: Stage) -> None:
    first = take(stage, stage.queue())
    stage.store.record(first, State.RUNNING, RUNS)
    stage.end_lease(first.judgement_id)
    second = take(stage, first.judgement_id)
    assert (second.number, second.failures) == (2, 1)
    assert stage.look(first.judgement_id) == (State.COMPILING, 2, 1, None, [])


@pytest.mark.parametrize(
    "write",
    [
        lambda store, claim: store.record(claim, State.RUNNING, RUNS),
        lambda store, claim: store.prolong(claim),
        lambda store, claim: store.finish(claim, Result(verdict=Verdict.AC), RUNS),
        lambda store, claim: store.hand_back(claim, delay_s=0, failed=True, reason="x"),
    ],
    ids=["record", "prolong", "finish", "hand_back"],
)
def test_a_stale_claim_writes_nothing(
    stage: Stage, write: Callable[[JudgementStore, Claim], bool]
) -> None:
    stale = take(stage, stage.queue())
    stage.end_lease(stale.judgement_id)
    take(stage, stale.judgement_id)
    before = stage.look(stale.judgement_id)
    assert not write(stage.store, stale)
    assert stage.look(stale.judgement_id) == before


def test_what_is_finished_stays_finished(stage: Stage) -> None:
    claim = take(stage, stage.queue())
    stage.store.finish(claim, Result(verdict=Verdict.AC), RUNS)
    before = stage.look(claim.judgement_id)
    assert stage.store.claim([claim.judgement_id]) is None
    assert not stage.store.record(claim, State.RUNNING, RUNS)
    assert not stage.store.hand_back(claim, delay_s=0, failed=False, reason="")
    assert stage.look(claim.judgement_id) == before


def test_handing_back_waits_and_forgets_the_runs(stage: Stage) -> None:
    claim = take(stage, stage.queue())
    stage.store.record(claim, State.RUNNING, RUNS)
    assert stage.store.hand_back(claim, delay_s=60, failed=True, reason="judge lost")
    assert stage.look(claim.judgement_id) == (State.QUEUED, 1, 1, None, [])
    assert stage.store.claim([claim.judgement_id]) is None
    stage.rest(claim.judgement_id)
    assert take(stage, claim.judgement_id).failures == 1


def test_a_judge_error_keeps_no_runs(stage: Stage) -> None:
    claim = take(stage, stage.queue())
    stage.store.record(claim, State.RUNNING, RUNS)
    stage.store.finish(claim, Result(verdict=Verdict.JE, reason="no disk"), [])
    assert stage.look(claim.judgement_id) == (State.FINISHED, 1, 0, Verdict.JE, [])


def test_both_stores_have_the_same_methods() -> None:
    for name in ("waiting", "claim", "record", "prolong", "finish", "hand_back"):
        fake = inspect.signature(getattr(MemoryJudgements, name)).parameters
        port = inspect.signature(getattr(JudgementStore, name)).parameters
        assert list(fake) == list(port)


@pytest.mark.database
def test_a_finish_whose_answer_was_lost_is_still_ours(engine: Engine, arrange: Arrange) -> None:
    stage = InPostgres(engine, arrange)
    claim = take(stage, stage.queue())
    result = Result(verdict=Verdict.AC)
    assert stage.store.finish(claim, result, RUNS[:1])
    assert stage.store.finish(claim, result, RUNS[:1])


@pytest.mark.database
def test_one_user_does_not_fill_the_view_of_a_lane(engine: Engine, arrange: Arrange) -> None:
    problem = arrange.problem()
    for _ in range(20):
        arrange.submission(problem, user="ada")
    last = arrange.submission(problem, user="bela").id
    store = PostgresJudgements(engine, grader="tests", lease_s=10.0)
    seen = store.waiting(Lane.PRACTICE)
    assert last in [one.judgement_id for one in seen]
    assert len(seen) < 20
