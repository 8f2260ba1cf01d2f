"""Playground runs: the story with a scripted judge, on a real PostgreSQL."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from contracts.judging import Compiled, Event, Finished, PlaygroundRequest, RunFinished
from contracts.verdicts import Verdict
from database.engine import transaction
from database.models import PlaygroundCase, PlaygroundRun
from grader.draining import Draining
from grader.errors import DrainingError, JudgeLostError, NoRoomError
from grader.fakes import FakeAnnouncer, FakeClock, FakeJudges
from grader.grading import Outcome, Policy
from grader.playground import Playground
from grader.playground_store import PostgresPlayground
from grader.testing import Arrange

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("noise")]


class Stage:
    def __init__(self, engine: Engine, arrange: Arrange) -> None:
        self.store = PostgresPlayground(engine, lease_s=10.0)
        self.arrange = arrange
        self.announcer = FakeAnnouncer()
        self.judges = FakeJudges()

    def run(self, run_id: UUID, *script: Event | Exception | None) -> Outcome:
        clock = FakeClock()
        self.judges = FakeJudges(*script)
        return Playground(
            store=self.store,
            judges=self.judges,
            announcer=self.announcer,
            clock=clock,
            draining=Draining(clock, 1.0),
            policy=Policy(),
        ).run(run_id, "trace")

    def look(self, run_id: UUID) -> PlaygroundRun:
        with transaction(self.arrange.sessions) as session:
            found = session.get_one(PlaygroundRun, run_id)
            session.expunge(found)
            return found

    def cases(self, run_id: UUID) -> list[tuple[int, str | None, bytes]]:
        with transaction(self.arrange.sessions) as session:
            rows = session.query(PlaygroundCase).filter_by(playground_run_id=run_id)
            ordered = sorted(rows, key=lambda row: row.ordinal)
            return [(row.ordinal, row.verdict, row.stdout) for row in ordered]


@pytest.fixture
def stage(engine: Engine, arrange: Arrange) -> Stage:
    return Stage(engine, arrange)


def ran(ordinal: int = 1, verdict: Verdict = Verdict.AC, stdout: bytes = b"out") -> RunFinished:
    return RunFinished(ordinal=ordinal, verdict=verdict, stdout=stdout, stderr=b"")


def test_own_input_that_ran_well_has_no_verdict(stage: Stage) -> None:
    run_id = stage.arrange.playground_run(stdin=b"1 2")
    assert stage.run(run_id, Compiled(ok=True), ran(), Finished()) is Outcome.FINISHED
    assert (stage.look(run_id).state, stage.look(run_id).verdict) == ("finished", None)
    assert stage.cases(run_id) == [(1, None, b"out")]
    assert stage.announcer.rung == [run_id]
    (request,) = stage.judges.held.requests
    assert isinstance(request, PlaygroundRequest)
    assert request.cases[0].input == b"1 2"


def test_own_input_that_crashed_says_so(stage: Stage) -> None:
    run_id = stage.arrange.playground_run(stdin=b"")
    stage.run(run_id, Compiled(ok=True), ran(verdict=Verdict.RTE), Finished())
    assert stage.look(run_id).verdict == "RTE"
    assert stage.cases(run_id) == [(1, "RTE", b"out")]


def test_a_problems_samples_are_run_and_compared(stage: Stage) -> None:
    problem, _ = stage.arrange.problem(cases=4, samples=2)
    run_id = stage.arrange.playground_run(problem=problem)
    stage.run(run_id, Compiled(ok=True), ran(1), ran(2, Verdict.WA), Finished())
    (request,) = stage.judges.held.requests
    assert isinstance(request, PlaygroundRequest)
    assert [(case.input, case.answer) for case in request.cases] == [
        (b"1\n", b"answer 1\n"),
        (b"2\n", b"answer 2\n"),
    ]
    assert request.limits.cpu_time_ms == 1000
    assert stage.look(run_id).verdict == "WA"
    assert stage.cases(run_id) == [(1, "AC", b"out"), (2, "WA", b"out")]


def test_a_problem_without_samples_cannot_be_run_on(stage: Stage) -> None:
    problem, _ = stage.arrange.problem(cases=1, samples=0)
    run_id = stage.arrange.playground_run(problem=problem)
    assert stage.run(run_id) is Outcome.FINISHED
    assert (stage.look(run_id).verdict, stage.look(run_id).reason) == (
        "JE",
        "The problem has no samples.",
    )


def test_a_compile_error_is_shown(stage: Stage) -> None:
    run_id = stage.arrange.playground_run(stdin=b"")
    stage.run(run_id, Compiled(ok=False, output="error\x00"), Finished())
    found = stage.look(run_id)
    assert (found.verdict, found.compile_output) == ("CE", "error\N{REPLACEMENT CHARACTER}")


def test_a_fault_of_ours_is_tried_again_and_becomes_je(stage: Stage) -> None:
    run_id = stage.arrange.playground_run(stdin=b"")
    lost = (Compiled(ok=True), ran(), JudgeLostError("cut off"))
    assert [stage.run(run_id, *lost) for _ in range(3)] == [
        Outcome.FAILED,
        Outcome.FAILED,
        Outcome.FINISHED,
    ]
    assert (stage.look(run_id).verdict, stage.look(run_id).reason) == ("JE", "cut off")
    assert stage.cases(run_id) == []


def test_no_room_and_going_away_cost_nothing(stage: Stage) -> None:
    run_id = stage.arrange.playground_run(stdin=b"")
    assert stage.run(run_id, NoRoomError("full", 1.0)) is Outcome.NO_ROOM
    with pytest.raises(DrainingError):
        stage.run(run_id, DrainingError("going"))
    found = stage.look(run_id)
    assert (found.state, found.failures, found.lease_until, found.claim) == ("queued", 0, None, 2)


def test_a_doubled_message_runs_once(stage: Stage) -> None:
    run_id = stage.arrange.playground_run(stdin=b"")
    stage.run(run_id, Compiled(ok=True), ran(), Finished())
    assert stage.run(run_id) is Outcome.NOTHING_TO_DO
    assert stage.judges.held.requests == []


def test_a_stale_claim_writes_nothing(stage: Stage) -> None:
    run_id = stage.arrange.playground_run(stdin=b"")
    stale = stage.store.claim(run_id)
    assert stale is not None
    with transaction(stage.arrange.sessions) as session:
        session.execute(text("UPDATE playground_runs SET lease_until = now() - interval '1 s'"))
    taken = stage.store.claim(run_id)
    assert taken is not None
    assert (taken.number, taken.failures) == (2, 1)
    assert not stage.store.prolong(stale)
    assert not stage.store.hand_back(stale, delay_s=0, failed=True, reason="")
    assert stage.store.prolong(taken)
    assert stage.look(run_id).claim == 2
