"""Every program of the seed's jury gets the verdict it was written for, through the whole road."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.test.running_stack import RunningStack, wait_for_verdicts

pytestmark = pytest.mark.stack

ALWAYS_THERE = {"c", "cpp", "java", "python3"}
PATIENCE_S = 600


def _available(stack: RunningStack) -> set[str]:
    answer = stack.client().get("/languages", params={"limit": 100})
    return {item["id"] for item in answer.json()["items"] if item["available"]}


def test_the_languages_that_make_run_installs_are_offered(stack: RunningStack) -> None:
    assert _available(stack) >= ALWAYS_THERE


def test_the_seed_has_three_problems_in_both_languages(stack: RunningStack) -> None:
    visitor = stack.client()
    slugs = [item["slug"] for item in visitor.get("/problems").json()["items"]]
    assert len(slugs) >= 3
    for slug in slugs:
        for locale in ("ko", "en"):
            problem = visitor.get(f"/problems/{slug}", params={"lang": locale}).json()
            assert problem["statement"]["locale"] == locale
            assert problem["samples"]


def test_every_jury_program_gets_its_verdict(stack: RunningStack) -> None:
    programs = stack.query(
        "SELECT p.slug, j.path, j.language_id, j.source, j.expected_verdicts"
        " FROM jury_programs j JOIN problems p ON p.id = j.problem_id ORDER BY p.slug, j.path"
    )
    available = _available(stack)
    student = stack.client("student")
    sent = {
        student.submit(slug, language, bytes(source).decode(), filename=Path(path).name): (
            f"{slug}/{path}",
            set(expected),
        )
        for slug, path, language, source, expected in programs
        if language in available
    }
    assert {language for _, _, language, _, _ in programs} >= ALWAYS_THERE
    finished = wait_for_verdicts(student, sent, patience_s=PATIENCE_S)
    wrong = [
        f"{name}: {finished[identity]['verdict']}, expected {sorted(expected)}"
        for identity, (name, expected) in sent.items()
        if finished[identity]["verdict"] not in expected
    ]
    assert wrong == []


def test_the_jury_programs_cover_every_verdict_of_a_participant(stack: RunningStack) -> None:
    rows = stack.query("SELECT DISTINCT unnest(expected_verdicts) FROM jury_programs")
    assert {verdict for (verdict,) in rows} >= {"AC", "WA", "TLE", "MLE", "OLE", "RTE", "CE"}


def test_a_finished_submission_shows_time_and_memory_of_each_run(stack: RunningStack) -> None:
    student = stack.client("student")
    source = "a, b = map(int, input().split())\nprint(a + b)\n"
    identity = student.submit("a-plus-b", "python3", source)
    submission = wait_for_verdicts(student, [identity])[identity]
    assert submission["verdict"] == "AC"
    assert len(submission["runs"]) == submission["test_case_count"]
    assert all(run["memory_kib"] > 0 for run in submission["runs"])
    listed = student.get("/submissions", params={"problem": "a-plus-b"}).json()["items"]
    assert identity in [item["id"] for item in listed]
