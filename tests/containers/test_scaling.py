"""Several graders and judges; one grader dies while it works, and nothing is lost."""

from __future__ import annotations

import pytest

from .client import Client
from .programs import CPP_CORRECT, OTHERS, SLOW_BUT_CORRECT
from .stack import Stack, wait_for

pytestmark = [pytest.mark.containers, pytest.mark.timeout(2400)]

SUBMISSIONS = 48
VERDICT_SECONDS = 300


@pytest.fixture(scope="module")
def scaled(running: Stack) -> Stack:
    running.up("--no-recreate", "--scale", "grader=3", "--scale", "judge=2")
    return running


def test_three_graders_and_two_judges_run_side_by_side(scaled: Stack) -> None:
    assert len(scaled.containers("grader")) == 3
    assert len(scaled.containers("judge")) == 2


def test_a_grader_that_is_killed_while_it_works_loses_nothing(
    scaled: Stack, client: Client
) -> None:
    expected: dict[str, str] = {}
    for number in range(SUBMISSIONS):
        verdict, language, source = _program(number)
        expected[client.submit("a-plus-b", language, source)] = verdict
    wait_for("all three graders work", lambda: len(_busy_graders(scaled)) == 3, 60)

    victim = _busy_graders(scaled).pop()
    scaled.engine.docker("kill", victim)

    verdicts = {one: client.finished(one, VERDICT_SECONDS)["verdict"] for one in expected}
    assert verdicts == expected
    assert _count(scaled, "SELECT count(*) FROM judgements WHERE state <> 'finished'") == 0
    assert _count(scaled, f"{ORPHANS} AND claimed_by LIKE '{victim[:12]}%'") == 0


ORPHANS = "SELECT count(*) FROM judgements WHERE lease_until IS NOT NULL AND state <> 'finished'"


def _program(number: int) -> tuple[str, str, str]:
    if number % 4 == 0:
        return ("WA", *OTHERS["WA"])
    if number % 4 == 1:
        return ("AC", "cpp", CPP_CORRECT)
    return ("AC", "python3", SLOW_BUT_CORRECT)


def _busy_graders(stack: Stack) -> set[str]:
    """The containers that hold a judgement now; a grader's name begins with its host name."""
    query = (
        "SELECT DISTINCT split_part(claimed_by, ':', 1) FROM judgements WHERE lease_until > now()"
    )
    return set(_ask(stack, f"{query} AND state <> 'finished'").split())


def _count(stack: Stack, query: str) -> int:
    return int(_ask(stack, query))


def _ask(stack: Stack, query: str) -> str:
    postgres = stack.containers("postgres")[0]["Name"]
    command = ("psql", "-qAt", "-p", "15432", "-U", "postgres", "-d", "codeplace", "-c", query)
    return stack.execute(postgres, *command).strip()
