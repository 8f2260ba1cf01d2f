from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from contracts.judging import CheckerKind, PlaygroundCase
from contracts.queues import Lane
from grader import plan
from grader.errors import UnfitError
from grader.work import Claim, Material, PlaygroundClaim, PlaygroundMaterial


def claim_of(material: Material) -> Claim:
    return Claim(
        judgement_id=uuid4(),
        submission_id=uuid4(),
        user_id=uuid4(),
        number=3,
        failures=0,
        lane=Lane.PRACTICE,
        created_at=datetime.now(UTC),
        material=material,
    )


def playground_of(**changes: object) -> PlaygroundClaim:
    material = PlaygroundMaterial(
        language_id="java",
        extension="java",
        filename=None,
        source=b"class Main {}",
        checker={},
        cases=[PlaygroundCase(ordinal=1, input=b"")],
        on_samples=False,
        cpu_time_limit_ms=None,
        memory_limit_kib=None,
        output_limit_kib=None,
    )
    return PlaygroundClaim(
        run_id=uuid4(), number=1, failures=0, material=replace(material, **changes)
    )


def test_a_request_says_everything_that_the_database_says(material: Material) -> None:
    claim = claim_of(replace(material, entry_point="Main", stop_at_failure=False))
    request = plan.judging(claim)
    assert (request.judgement_id, request.claim) == (str(claim.judgement_id), 3)
    assert request.program.files == material.files
    assert request.program.entry_point == "Main"
    assert request.limits.cpu_time_ms == 1000
    assert [case.ordinal for case in request.cases] == [1, 2, 3]
    assert not request.stop_at_failure


def test_a_checker_is_read_from_the_problem(material: Material) -> None:
    fields = {"kind": "floats", "float_absolute_tolerance": 1e-6}
    checker = plan.judging(claim_of(replace(material, checker=fields))).checker
    assert checker.kind is CheckerKind.FLOATS
    assert checker.float_absolute_tolerance == 1e-6


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cases": []}, "no test cases"),
        ({"files": []}, "no files"),
        ({"checker": {"kind": "magic"}}, "checker is malformed"),
    ],
)
def test_what_cannot_be_judged_is_unfit(
    material: Material, change: dict[str, object], words: str
) -> None:
    with pytest.raises(UnfitError, match=words):
        plan.judging(claim_of(replace(material, **change)))  # type: ignore[arg-type]


def test_a_playground_run_outside_a_problem_has_limits_of_its_own() -> None:
    request = plan.playground(playground_of())
    assert request.limits == plan.PLAYGROUND_LIMITS
    assert request.program.files[0].name == "Main.java"


def test_a_playground_run_of_a_problem_has_the_problems_limits() -> None:
    request = plan.playground(
        playground_of(
            filename="x.java", cpu_time_limit_ms=7, memory_limit_kib=8, output_limit_kib=9
        )
    )
    limits = request.limits
    assert (limits.cpu_time_ms, limits.memory_kib, limits.output_kib) == (7, 8, 9)
    assert request.program.files[0].name == "x.java"


def test_samples_that_do_not_exist_cannot_be_run_on() -> None:
    with pytest.raises(UnfitError, match="no samples"):
        plan.playground(playground_of(cases=[]))


def test_the_usual_name_follows_the_language() -> None:
    assert plan.usual_name("cpp", "cc") == "main.cc"
    assert plan.usual_name("kotlin", "kt") == "Main.kt"
