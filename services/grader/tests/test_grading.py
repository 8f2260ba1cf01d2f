"""The story of a judgement, with a store in memory and a judge that says what it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from contracts.judging import Compiled, Compiling, Event, Finished, Heartbeat, RunFinished
from contracts.messages import GradeJudgement
from contracts.verdicts import State, Verdict
from grader.draining import Draining
from grader.errors import (
    DrainingError,
    JudgeLostError,
    MachineryError,
    NoRoomError,
)
from grader.fakes import FakeAnnouncer, FakeClock, FakeJudges, FakeRow, MemoryJudgements
from grader.grading import Grading, Outcome, Policy
from grader.work import Material

GOOD: list[Event] = [
    Compiling(),
    Compiled(ok=True, output="warning: unused"),
    *(RunFinished(ordinal=n, verdict=Verdict.AC, cpu_time_ms=n, memory_kib=n) for n in (1, 2, 3)),
    Finished(),
]


class Stage:
    """A grader, a store with one judgement, and a script for the judge."""

    def __init__(self, material: Material, clock: FakeClock) -> None:
        self.clock = clock
        self.store = MemoryJudgements(clock)
        self.row = FakeRow(judgement_id=uuid4(), user_id=uuid4(), material=material)
        self.store.add(self.row)
        self.announcer = FakeAnnouncer()
        self.draining = Draining(clock, grace_s=5.0)
        self.judges = FakeJudges()

    def grade(self, *script: Event | Exception | None) -> Outcome:
        self.judges = FakeJudges(*script)
        return self.with_judges(self.judges)

    def with_judges(self, judges: FakeJudges, trace_id: str = "") -> Outcome:
        grading = Grading(
            store=self.store,
            judges=judges,
            announcer=self.announcer,
            clock=self.clock,
            draining=self.draining,
            policy=Policy(),
        )
        return grading.grade_next(
            GradeJudgement(judgement_id=str(self.row.judgement_id), trace_id=trace_id)
        )

    def rest(self) -> None:
        self.clock.now = max(self.clock.now, self.row.not_before)

    @property
    def verdict(self) -> Verdict | None:
        return self.row.result.verdict if self.row.result else None


@pytest.fixture
def stage(material: Material, clock: FakeClock) -> Stage:
    return Stage(material, clock)


class Later:
    """A script that does something between two events."""

    def __init__(self, *script: Event | Callable[[], None] | None) -> None:
        self._script = script

    def judges(self) -> FakeJudges:
        judges = FakeJudges()
        script = self._script

        class Acting(list):  # type: ignore[type-arg]
            def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204
                for item in script:
                    if callable(item):
                        item()
                        yield None
                    else:
                        yield item

        judges.held._script = Acting()
        return judges


def test_an_accepted_program(stage: Stage) -> None:
    assert stage.grade(*GOOD) is Outcome.FINISHED
    assert stage.row.state is State.FINISHED
    assert stage.row.result is not None
    assert stage.row.result.verdict is Verdict.AC
    assert (stage.row.result.cpu_time_ms, stage.row.result.memory_kib) == (3, 3)
    assert stage.row.result.compile_output == "warning: unused"
    assert sorted(stage.row.runs) == [1, 2, 3]
    assert stage.judges.held.closed


def test_a_quick_judging_rings_twice_and_a_slow_one_as_it_goes(stage: Stage) -> None:
    stage.grade(*GOOD)
    assert len(stage.announcer.rung) == 2


def test_a_slow_run_is_shown_before_the_next_one_ends(stage: Stage) -> None:
    seen: list[tuple[State, list[int]]] = []

    def wait() -> None:
        stage.clock.now += 0.3

    def look() -> None:
        seen.append((stage.row.state, sorted(stage.row.runs)))

    script = [GOOD[1], wait, look, GOOD[2], wait, look, GOOD[3], GOOD[4], Finished()]
    stage.with_judges(Later(*script).judges())
    assert seen == [(State.RUNNING, []), (State.RUNNING, [1])]
    assert sorted(stage.row.runs) == [1, 2, 3]


def test_nothing_to_do_is_no_fault(stage: Stage) -> None:
    stage.grade(*GOOD)
    assert stage.grade(*GOOD) is Outcome.NOTHING_TO_DO
    assert stage.judges.held.requests == []


def test_a_compile_error_is_the_programs(stage: Stage) -> None:
    stage.grade(Compiled(ok=False, output="error: no"), Finished())
    assert stage.verdict is Verdict.CE
    assert stage.row.result is not None
    assert stage.row.result.compile_output == "error: no"


def test_heartbeats_hold_the_lease(stage: Stage) -> None:
    leases: list[float] = []

    def wait() -> None:
        stage.clock.now += 4.0

    def look() -> None:
        assert stage.row.lease_until is not None
        leases.append(stage.row.lease_until - stage.clock.now)

    stage.with_judges(
        Later(Compiling(), *[Heartbeat(), wait, Heartbeat(), look] * 5, *GOOD).judges()
    )
    assert stage.verdict is Verdict.AC
    assert all(left > 5 for left in leases)


@pytest.mark.parametrize(
    "fault",
    [
        [GOOD[1], JudgeLostError("cut off")],
        [GOOD[1], Finished(broken="no disk")],
        [GOOD[1], Finished()],
        [GOOD[1], RunFinished(ordinal=1, verdict=Verdict.JE, message="checker crashed")],
        [MachineryError("No judge offers cpp.")],
    ],
)
def test_a_fault_of_ours_is_tried_again_and_becomes_je(
    stage: Stage, fault: list[Event | Exception]
) -> None:
    for failures in (1, 2):
        assert stage.grade(*fault) is Outcome.FAILED
        assert (stage.row.state, stage.row.failures) == (State.QUEUED, failures)
        assert stage.row.runs == {}
        assert stage.row.not_before > stage.clock.now
        assert stage.grade(*GOOD) is Outcome.NOTHING_TO_DO
        stage.rest()
    assert stage.grade(*fault) is Outcome.FINISHED
    assert stage.verdict is Verdict.JE
    assert stage.row.result is not None
    assert stage.row.result.reason


def test_a_fault_that_passes_leaves_no_trace_in_the_verdict(stage: Stage) -> None:
    stage.grade(GOOD[1], JudgeLostError("cut off"))
    stage.rest()
    assert stage.grade(*GOOD) is Outcome.FINISHED
    assert (stage.verdict, stage.row.claim) == (Verdict.AC, 2)


def test_a_problem_without_tests_is_je_at_once(material: Material, clock: FakeClock) -> None:
    stage = Stage(replace(material, cases=[]), clock)
    assert stage.grade(*GOOD) is Outcome.FINISHED
    assert stage.verdict is Verdict.JE
    assert stage.judges.held.requests == []


def test_no_room_costs_nothing_but_time(stage: Stage) -> None:
    assert stage.grade(NoRoomError("full", 2.0)) is Outcome.NO_ROOM
    assert (stage.row.state, stage.row.failures) == (State.QUEUED, 0)
    assert stage.row.not_before == stage.clock.now + 2.0


def test_a_judgement_whose_graders_keep_dying_is_isolated(stage: Stage) -> None:
    for _ in range(3):
        assert stage.store.claim([stage.row.judgement_id]) is not None
        stage.clock.now += 11.0
    assert stage.grade(*GOOD) is Outcome.FINISHED
    assert stage.verdict is Verdict.JE
    assert stage.judges.held.requests == []


def take_over(stage: Stage) -> None:
    stage.clock.now += 11.0
    assert stage.store.claim([stage.row.judgement_id]) is not None


def test_a_stale_claim_writes_nothing_when_it_finishes(stage: Stage) -> None:
    script = [*GOOD[:-1], lambda: take_over(stage), GOOD[-1]]
    assert stage.with_judges(Later(*script).judges()) is Outcome.CLAIM_LOST
    assert (stage.row.state, stage.row.claim, stage.row.runs) == (State.COMPILING, 2, {})


@pytest.mark.parametrize("fault", [JudgeLostError("cut off"), NoRoomError("full", 1.0)])
def test_a_stale_claim_hands_nothing_back(stage: Stage, fault: Exception) -> None:
    class Taken(FakeJudges):
        pass

    judges = Later(GOOD[1], lambda: take_over(stage), lambda: raise_(fault)).judges()
    stage.with_judges(judges)
    assert (stage.row.state, stage.row.claim, stage.row.failures) == (State.COMPILING, 2, 1)


def raise_(error: Exception) -> None:
    raise error


def test_draining_hands_back_when_the_grace_is_over(stage: Stage) -> None:
    def leave() -> None:
        stage.draining.begin()
        stage.clock.now += 6.0

    judges = Later(GOOD[1], GOOD[2], leave, *GOOD[3:]).judges()
    with pytest.raises(DrainingError):
        stage.with_judges(judges)
    assert (stage.row.state, stage.row.failures, stage.row.runs) == (State.QUEUED, 0, {})
    assert stage.row.lease_until is None
    assert judges.held.closed


def test_what_ends_within_the_grace_is_finished(stage: Stage) -> None:
    judges = Later(GOOD[1], stage.draining.begin, *GOOD[2:]).judges()
    assert stage.with_judges(judges) is Outcome.FINISHED
    assert stage.verdict is Verdict.AC


def test_the_rest_after_a_failure_grows_and_is_spread() -> None:
    policy = Policy(backoff_s=1.0)
    first = [policy.delay_s(0) for _ in range(50)]
    second = [policy.delay_s(1) for _ in range(50)]
    assert max(first) <= 1.5 < min(second)
    assert len(set(first)) > 40


def test_every_doorbell_names_the_submission(stage: Stage) -> None:
    stage.grade(*GOOD)
    assert set(stage.announcer.rung) == {UUID(str(stage.row.judgement_id))}


def test_the_trace_of_a_message_follows_its_own_judgement_only(
    stage: Stage, material: Material
) -> None:
    other = FakeRow(judgement_id=uuid4(), user_id=uuid4(), material=material)
    stage.store.add(other)
    traces: list[str] = []
    for _ in range(2):
        judges = FakeJudges(*GOOD)
        stage.with_judges(judges, trace_id="trace-1")
        traces += judges.held.trace_ids
    assert traces == ["trace-1", str(other.judgement_id)]
