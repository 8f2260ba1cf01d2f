"""Judging over HTTP: the stream of events, and the refusals before it."""

import base64
import time
from typing import Any

import pytest

from judge.http.rig import Behaviour, Rig, program


def verdicts(events: list[dict[str, Any]]) -> list[str]:
    return [event["verdict"] for event in events if event["event"] == "run"]


def test_a_right_program_is_accepted_case_by_case(rig: Rig) -> None:
    events = rig.judge(rig.judging("add"))
    kinds = [event["event"] for event in events]
    assert kinds == ["compiling", "compiled", "run", "run", "run", "finished"]
    assert verdicts(events) == ["AC", "AC", "AC"]
    assert [event["ordinal"] for event in events[2:5]] == [1, 2, 3]
    assert events[2]["cpu_time_ms"] == 1
    assert events[-1]["broken"] is None


def test_cases_after_the_first_failure_are_skipped(rig: Rig) -> None:
    events = rig.judge(rig.judging("odd", stop_at_failure=True))
    assert verdicts(events) == ["AC", "WA", "SK"]


def test_every_case_runs_when_it_shall_not_stop(rig: Rig) -> None:
    events = rig.judge(rig.judging("odd", stop_at_failure=False))
    assert verdicts(events) == ["AC", "WA", "AC"]


def test_no_test_case_at_all_is_fine(rig: Rig) -> None:
    events = rig.judge(rig.judging("add", count=0))
    assert [event["event"] for event in events] == ["compiling", "compiled", "finished"]


def test_a_compile_error_shows_clean_text_and_runs_nothing(rig: Rig) -> None:
    events = rig.judge(rig.judging("nonsense"))
    assert events[1]["ok"] is False
    assert events[1]["output"] == "main.fake: �\n"
    assert events[2] == {"event": "finished", "broken": None}


def test_the_second_compilation_of_the_same_source_is_found(rig: Rig) -> None:
    first = rig.judge(rig.judging("add"))
    second = rig.judge(rig.judging("add"))
    assert (first[1]["cached"], second[1]["cached"]) == (False, True)
    assert verdicts(second) == ["AC", "AC", "AC"]


def jury(source: str) -> dict[str, Any]:
    return {"kind": "program", "program": {"source": program(source), "protocol": "kattis"}}


def test_a_checker_of_the_jurys_decides_and_its_words_are_told(rig: Rig) -> None:
    assert verdicts(rig.judge(rig.judging("add", checker=jury("accepts")))) == ["AC"] * 3
    events = rig.judge(rig.judging("add", checker=jury("refuses"), stop_at_failure=True))
    assert verdicts(events) == ["WA", "SK", "SK"]
    assert events[2]["message"] == "not so"


@pytest.mark.parametrize(("source", "says"), [("crash", "exit code 3"), ("nonsense", "compile")])
def test_a_checker_that_fails_is_never_a_verdict(rig: Rig, source: str, says: str) -> None:
    events = rig.judge(rig.judging("add", checker=jury(source)))
    assert verdicts(events) == []
    assert says in events[-1]["broken"]


def test_an_interactive_judging_needs_two_slots(rig: Rig) -> None:
    events = rig.judge(rig.judging("add", interactor={"source": program("accepts")}))
    assert "2 slots wanted" in events[-1]["broken"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "program"},
        {"kind": "program", "program": {"source": program("add"), "arguments": ["\0"]}},
        {"kind": "program", "program": {"source": program("add"), "limits":
            {"cpu_time_ms": 0, "memory_kib": 4096}}},
    ],
)  # fmt: skip
def test_a_checker_without_sense_is_refused(rig: Rig, wrong: dict[str, Any]) -> None:
    assert rig.request("POST", "/v1/judgements", rig.judging("add", checker=wrong))[0] == 400


def test_machinery_that_fails_is_never_a_verdict(rig: Rig) -> None:
    events = rig.judge(rig.judging("broken"))
    assert verdicts(events) == []
    assert "slot lost" in events[-1]["broken"]


def test_a_crash_says_how_and_what_it_wrote_to_stderr(rig: Rig) -> None:
    events = rig.judge(rig.judging("crash", count=1))
    assert events[2]["message"] == "exit code 3\noh"


def test_a_playground_run_shows_its_output_cut(rig: Rig) -> None:
    events = rig.judge(
        {
            "playground_run_id": "p",
            "program": rig.judging("add", count=0)["program"],
            "limits": {"cpu_time_ms": 1000, "memory_kib": 65536},
            "cases": [
                {"ordinal": 1, "input": base64.b64encode(b"1000 2000").decode()},
                {
                    "ordinal": 2,
                    "input": base64.b64encode(b"1 1").decode(),
                    "answer": base64.b64encode(b"3").decode(),
                },
            ],
            "capture_bytes": 3,
        },
        "/v1/playground-runs",
    )
    assert verdicts(events) == ["AC", "WA"]
    assert base64.b64decode(events[2]["stdout"]) == b"300"
    assert events[2]["output_truncated"] is True
    assert events[3]["output_truncated"] is False


def test_files_that_are_not_here_are_asked_for_first(rig: Rig) -> None:
    request = rig.judging("add", count=1)
    unknown = "0" * 64
    request["cases"][0]["answer"] = {"sha256": unknown, "size": 3}
    status, body, _ = rig.request("POST", "/v1/judgements", request)
    assert (status, body) == (409, {"missing": [unknown]})
    assert rig.slots.admitted == 0


def test_a_file_of_another_size_counts_as_missing(rig: Rig) -> None:
    request = rig.judging("add", count=1)
    request["cases"][0]["answer"]["size"] += 1
    assert rig.request("POST", "/v1/judgements", request)[0] == 409


@pytest.mark.parametrize(
    "change",
    [
        {"limits": {"cpu_time_ms": 0, "memory_kib": 65536}},
        {"limits": {"cpu_time_ms": 1000}},
        {"cases": [{"ordinal": 1, "input": {"sha256": "../x", "size": 1}, "answer": {}}]},
        {"program": {"language": "fake", "files": []}},
        {
            "program": {
                "language": "fake",
                "files": [{"name": "../a.fake", "content": ""}, {"name": "b.fake", "content": ""}],
            }
        },
    ],
)
def test_a_request_without_sense_is_refused(rig: Rig, change: dict[str, Any]) -> None:
    status, body, _ = rig.request("POST", "/v1/judgements", rig.judging("add", 1) | change)
    assert (status, body["code"]) == (400, "malformed")


def test_an_unknown_language_is_refused(rig: Rig) -> None:
    request = rig.judging("add", 1)
    request["program"]["language"] = "cobol"
    status, body, _ = rig.request("POST", "/v1/judgements", request)
    assert (status, body["code"]) == (422, "language_unknown")


def test_a_full_judge_says_when_to_come_back(rig: Rig, behaviour: Behaviour) -> None:
    request = rig.judging("blocked", 1)
    first = rig.send("POST", "/v1/judgements", request)
    second = rig.send("POST", "/v1/judgements", request)
    while rig.slots.admitted < 2:
        time.sleep(0.005)
    status, body, headers = rig.request("POST", "/v1/judgements", request)
    assert (status, body["code"]) == (503, "busy")
    assert int(headers["retry-after"]) >= 1
    behaviour.go_on.set()
    for connection in (first, second):
        assert b'"verdict":"AC"' in connection.getresponse().read()


def test_a_dropped_connection_ends_the_run_at_once(rig: Rig, behaviour: Behaviour) -> None:
    connection = rig.send("POST", "/v1/judgements", rig.judging("blocked", 2))
    assert behaviour.started.wait(5)
    dropped = time.monotonic()
    connection.close()
    while rig.slots.admitted:
        time.sleep(0.002)
    assert time.monotonic() - dropped < 0.5
    assert rig.slots.free == 1
    programs = [run for run in rig.pool.runs if run.command.argv[0] == "program"]
    assert len(programs) == 1
    assert verdicts(rig.judge(rig.judging("add"))) == ["AC", "AC", "AC"]


def test_a_judge_that_goes_away_lets_nobody_in(rig: Rig) -> None:
    rig.slots.close()
    status, _, headers = rig.request("POST", "/v1/judgements", rig.judging("add"))
    assert status == 503
    assert "retry-after" in headers


def test_test_data_reaches_the_program_as_stdin_only(rig: Rig) -> None:
    rig.judge(rig.judging("add", 1))
    run = rig.pool.runs[-1]
    assert run.stdin == b"1 1\n"
    assert dict(run.files) == {}
