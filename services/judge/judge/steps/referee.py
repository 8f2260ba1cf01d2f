"""Runs a checker of the jury's in a box: it gets files by descriptor, its exit code is its answer.

What it writes is for people only and never read for a verdict.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from contracts.judging import CheckerProtocol
from judge.referee import Referee
from judge.sandbox.descriptors import (
    close_all,
    fresh_reader,
    output_memory,
    read_start,
    sealed_memory,
)
from judge.sandbox.interface import BoxFile, Collect, Command, Limits, Outcome, Report, Slot
from judge.steps import Broken
from judge.steps.check import Checked
from judge.steps.compile import clean_text
from judge.steps.execute import Runnable
from judge.verdict import Answered, answer_of

# A lone dot cannot begin the name of a program's file, so nothing of the jury's is hidden by these.
_FOLDER = ".judge"
_FEEDBACK = f"{_FOLDER}/feedback"
_JUDGE_MESSAGE = f"{_FEEDBACK}/judgemessage.txt"
_TEAM_MESSAGE = f"{_FEEDBACK}/teammessage.txt"
_MESSAGE_KIB = 64
_SHOWN_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Decider:
    """A referee that was compiled."""

    referee: Referee
    runnable: Runnable


@dataclass(frozen=True, slots=True)
class Said:
    """How a referee's run ended and what it wrote for people."""

    ended: Answered
    message: str
    team_message: str


@dataclass(frozen=True, slots=True)
class Streams:
    """A referee's standard descriptors; None is nothing to read, nowhere to write."""

    stdin: int | None = None
    stdout: int | None = None


def check_with(
    slot: Slot, decider: Decider, data: Mapping[str, int], output: int
) -> Checked | Broken:
    """Let it look at an output; `data` holds the input and the answer by name."""
    protocol = decider.referee.protocol
    reader = fresh_reader(output)
    try:
        if protocol is CheckerProtocol.TESTLIB:
            files = {**data, "output": reader}
            report, said = run_referee(slot, decider, files, Streams())
        else:
            report, said = run_referee(slot, decider, data, Streams(stdin=reader))
    finally:
        close_all((reader,))
    accepted = answer_of(protocol, said.ended)
    if accepted is None:
        return Broken(f"the checker gave no answer: {how_it_ended(report)} {said.message}".strip())
    return Checked(accepted=accepted, message=said.message, team_message=said.team_message)


def run_referee(
    slot: Slot,
    decider: Decider,
    data: Mapping[str, int],
    streams: Streams,
    wall_time_ms: int | None = None,
) -> tuple[Report, Said]:
    """Run it with these files in its box; `wall_time_ms` widens the limit that it has anyway."""
    nothing, stderr = sealed_memory(b""), output_memory("stderr")
    try:
        argv, limits = decider.runnable.command(decider.referee.limits)
        held = {**data, "feedback/.keep": nothing}  # a file in it makes the folder
        report = slot.run(
            Command(
                argv=(*argv, *_arguments(decider.referee, data)),
                limits=_with_room(limits, data, wall_time_ms),
                environment=decider.runnable.language.data.run.environment,
                stdin=streams.stdin,
                stdout=streams.stdout,
                stderr=stderr,
                executable=decider.runnable.executable,
                files=(
                    *decider.runnable.files,
                    *(BoxFile(fd, f"{_FOLDER}/{name}") for name, fd in held.items()),
                ),
                collect=tuple(
                    Collect(name, max_kib=_MESSAGE_KIB) for name in (_JUDGE_MESSAGE, _TEAM_MESSAGE)
                ),
            )
        )
        try:
            return report, _said(report, stderr)
        finally:
            report.close_collected()
    finally:
        close_all((nothing, stderr))


def how_it_ended(report: Report) -> str:
    """For staff, when it ended otherwise than a referee may."""
    match report.outcome:
        case Outcome.EXITED:
            return f"exit code {report.exit_code}"
        case Outcome.SIGNALLED:
            return f"signal {report.signal}"
        case _:
            return f"{report.outcome} {report.reason}".strip()


def _arguments(referee: Referee, data: Mapping[str, int]) -> tuple[str, ...]:
    kattis = referee.protocol is CheckerProtocol.KATTIS
    names = ("input", "answer") if kattis else ("input", "output", "answer")
    folder = (f"/box/{_FEEDBACK}/",) if kattis else ()
    paths = (f"/box/{_FOLDER}/{name}" for name in names if name in data)
    return (*paths, *folder, *referee.arguments)


def _with_room(limits: Limits, data: Mapping[str, int], wall_time_ms: int | None) -> Limits:
    """The files lie in memory; they are not the referee's."""
    files_kib = sum(os.fstat(descriptor).st_size // 1024 + 4 for descriptor in data.values())
    return replace(
        limits,
        memory_kib=limits.memory_kib + files_kib,
        box_kib=limits.box_kib + files_kib,
        wall_time_ms=max(limits.effective_wall_time_ms, wall_time_ms or 0),
    )


def _said(report: Report, stderr: int) -> Said:
    written = _collected(report, _JUDGE_MESSAGE) or read_start(stderr, _SHOWN_BYTES)
    return Said(
        ended=Answered(report.outcome, report.exit_code, report.signal),
        message=clean_text(written).strip(),
        team_message=clean_text(_collected(report, _TEAM_MESSAGE)).strip(),
    )


def _collected(report: Report, name: str) -> bytes:
    file = report.collected_file(name)
    if file is None or file.descriptor is None:
        return b""
    return read_start(file.descriptor, _SHOWN_BYTES)
