from __future__ import annotations

import msgspec
import pytest

from contracts.judging import (
    Blob,
    Checker,
    CheckerKind,
    CheckerProgram,
    CheckerProtocol,
    Compiled,
    Compiling,
    Event,
    Finished,
    Heartbeat,
    Interactor,
    JudgingCase,
    JudgingRequest,
    Program,
    RunFinished,
    RunLimits,
    SourceFile,
)
from contracts.live import Subject, topic
from contracts.verdicts import JUDGEMENT_VERDICTS, RUN_VERDICTS, Verdict

EVENTS: list[Event] = [
    Compiling(),
    Compiled(ok=False, output="main.c:1: error"),
    RunFinished(ordinal=1, verdict=Verdict.TLE, cpu_time_ms=1001, signal=9),
    Heartbeat(),
    Finished(broken="the disk is full"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_survives_the_way_as_a_line_of_json(event: Event) -> None:
    line = msgspec.json.encode(event)
    assert b"\n" not in line
    assert msgspec.json.decode(line, type=Event) == event


def test_an_event_that_is_not_known_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError, match="exploded"):
        msgspec.json.decode(b'{"event":"exploded"}', type=Event)


def test_a_verdict_that_is_not_known_is_an_error_and_never_a_pass() -> None:
    with pytest.raises(msgspec.ValidationError, match="verdict"):
        msgspec.json.decode(b'{"event":"run","ordinal":1,"verdict":"OK"}', type=Event)


def test_a_field_that_a_newer_judge_added_is_ignored() -> None:
    line = b'{"event":"finished","broken":null,"colour":"red"}'
    assert msgspec.json.decode(line, type=Event) == Finished()


def test_a_request_carries_programs_that_are_not_text() -> None:
    request = JudgingRequest(
        judgement_id="1",
        claim=1,
        program=Program(language="c", files=[SourceFile(name="main.c", content=b"\xff\x00")]),
        limits=RunLimits(cpu_time_ms=1000, memory_kib=262_144),
        cases=[JudgingCase(ordinal=1, input=Blob(sha256="0" * 64, size=1), answer=_EMPTY)],
    )
    assert msgspec.json.decode(msgspec.json.encode(request), type=JudgingRequest) == request


def test_a_checker_of_the_jurys_survives_the_way() -> None:
    source = Program(language="cpp", files=[SourceFile(name="check.cpp", content=b"int main")])
    program = CheckerProgram(source=source, protocol=CheckerProtocol.TESTLIB, arguments=["-x"])
    checker = Checker(kind=CheckerKind.PROGRAM, program=program)
    assert msgspec.json.decode(msgspec.json.encode(checker), type=Checker) == checker


def test_a_checker_of_the_judges_own_looks_as_it_always_did() -> None:
    assert set(msgspec.to_builtins(Checker())) == {
        "kind",
        "case_sensitive",
        "space_change_sensitive",
        "float_absolute_tolerance",
        "float_relative_tolerance",
    }


def test_an_interactor_survives_the_way() -> None:
    source = Program(language="python3", files=[SourceFile(name="talk.py", content=b"")])
    interactor = Interactor(source=source, limits=RunLimits(cpu_time_ms=1, memory_kib=1))
    assert msgspec.json.decode(msgspec.json.encode(interactor), type=Interactor) == interactor


_EMPTY = Blob(sha256="e" * 64, size=0)


def test_a_run_never_fails_to_compile_and_a_judgement_is_never_skipped() -> None:
    assert Verdict.CE not in RUN_VERDICTS
    assert Verdict.SK not in JUDGEMENT_VERDICTS


def test_a_topic_names_its_subject_first() -> None:
    assert topic(Subject.SUBMISSION, "41") == "submission:41"
