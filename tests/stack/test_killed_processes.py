"""Each process is killed once while submissions are on the way; every one gets its verdict."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest

from scripts.test.running_stack import Client, RunningStack, wait_for, wait_for_verdicts

pytestmark = pytest.mark.stack

ADD = "a, b = map(int, input().split())\nprint(a + b)\n"
BUSY_ADD = "a, b = map(int, input().split())\nfor _ in range(2_000_000): pass\nprint(a + b)\n"
PROGRAMS = {
    "AC": ("python3", BUSY_ADD),
    "WA": ("python3", ADD.replace("a + b", "a - b - 1")),
    "RTE": ("python3", ADD + "raise SystemExit(3)\n"),
    "CE": ("c", "int main(void) { return undeclared; }\n"),
}
EACH = 4
PROCESSES = (
    "grader",
    "judge",
    "redis",
    "postgres",
    "api-intake",
    "api",
    "api-live",
    "nginx",
    "gateway",
    "upkeep",
    "beat",
    "notifier",
    "mail",
)
PATIENCE_S = 180
COMES_BACK_S = 60


@dataclass(frozen=True)
class Sent:
    """A submission and the verdict that it must get."""

    identity: str
    verdict: str


def _send_all(student: Client) -> list[Sent]:
    return [
        Sent(student.submit("a-plus-b", language, source), verdict)
        for _ in range(EACH)
        for verdict, (language, source) in PROGRAMS.items()
    ]


@pytest.mark.parametrize("process", PROCESSES)
def test_every_submission_gets_its_verdict_once_though_somebody_kills(
    process: str, stack: RunningStack
) -> None:
    student = stack.client("student")
    before = stack.pid_of(process)
    sent = _send_all(student)
    time.sleep(0.3)  # some are being judged by now, some still wait
    stack.kill(process)
    wait_for(
        f"the supervisor to start {process} again",
        lambda: True if stack.pid_of(process) not in {0, before} else None,
        patience_s=COMES_BACK_S,
    )
    stack.wait_until_ready()
    finished = wait_for_verdicts(student, [each.identity for each in sent], patience_s=PATIENCE_S)
    got = {each.identity: finished[each.identity]["verdict"] for each in sent}
    assert got == {each.identity: each.verdict for each in sent}
    _assert_each_was_judged_once(stack, sent)


def _assert_each_was_judged_once(stack: RunningStack, sent: list[Sent]) -> None:
    rows = stack.query(
        "SELECT submission_id::text, count(*), count(*) FILTER (WHERE valid),"
        " count(*) FILTER (WHERE state = 'finished')"
        " FROM judgements WHERE submission_id::text = ANY(%s) GROUP BY submission_id",
        [each.identity for each in sent],
    )
    assert {row[0]: row[1:] for row in rows} == {each.identity: (1, 1, 1) for each in sent}
    doubled = stack.query(
        "SELECT r.judgement_id FROM runs r JOIN judgements j ON j.id = r.judgement_id"
        " WHERE j.submission_id::text = ANY(%s)"
        " GROUP BY r.judgement_id HAVING count(*) <> count(DISTINCT r.ordinal)",
        [each.identity for each in sent],
    )
    assert doubled == []


def test_nothing_is_left_unfinished_at_the_end(stack: RunningStack) -> None:
    def look() -> bool | None:
        rows = stack.query("SELECT count(*) FROM judgements WHERE state <> 'finished'")
        return True if rows == [(0,)] else None

    wait_for("every judgement to be finished", look, patience_s=PATIENCE_S)


def test_an_emptied_redis_loses_no_submission(stack: RunningStack) -> None:
    student = stack.client("student")
    sent = _send_all(student)
    stack.empty_redis()
    finished = wait_for_verdicts(student, [each.identity for each in sent], patience_s=PATIENCE_S)
    assert {i: s["verdict"] for i, s in finished.items()} == {
        each.identity: each.verdict for each in sent
    }
