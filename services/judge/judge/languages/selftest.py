"""Tries each language through the real steps before it is offered."""

import re
from dataclasses import replace

from contracts.judging import (
    Compiled,
    Event,
    Finished,
    PlaygroundCase,
    Program,
    RunFinished,
    RunLimits,
    SourceFile,
)
from contracts.verdicts import Verdict
from judge.cases import SentCase
from judge.errors import JudgeError
from judge.judging import Bench, Order, judge
from judge.languages.entry import prepare
from judge.languages.language import expand
from judge.languages.registry import Installed, Offer
from judge.sandbox.descriptors import close_all, output_memory, read_start
from judge.sandbox.interface import Command, Limits, Outcome, SandboxError
from judge.slots import Turn

_VERSION_LIMITS = Limits(
    cpu_time_ms=10_000, memory_kib=1 << 20, processes=64, open_files=1024, stack_kib=64 << 10
)
_TEST_LIMITS = RunLimits(cpu_time_ms=10_000, memory_kib=256 << 10)
_SHOWN = 300


def try_language(bench: Bench, turn: Turn, language: Installed) -> Offer:
    """Find its version and run its self-test; never raises for what a language can do."""
    if language.missing:
        return Offer(language, available=False, reason="not installed on this host")
    try:
        known = _with_version(turn, language)
        return _run_self_test(bench, turn, known)
    except (JudgeError, SandboxError, OSError) as error:
        return Offer(language, available=False, reason=str(error)[:_SHOWN])


def _with_version(turn: Turn, language: Installed) -> Installed:
    """Ask the compiler or interpreter itself, in the box, where programs will meet it."""
    output = output_memory("version")
    try:
        report = turn.slot().run(
            Command(
                argv=tuple(expand(language.data.version, language.words, ())),
                limits=_VERSION_LIMITS,
                environment=_environment(language),
                stdout=output,
                stderr=output,
            )
        )
        said = read_start(output, 4096).decode("utf-8", "replace")
    finally:
        close_all((output,))
    if report.outcome is not Outcome.EXITED:
        message = f"its version command ended with {report.outcome} {report.reason}: {said}"
        raise SandboxError(message)
    found = re.search(language.data.version_pattern, said)
    return replace(language, version=found[0] if found else "", toolchain=said)


def _environment(language: Installed) -> dict[str, str]:
    step = language.data.compile
    compiling = step.environment if step else {}
    return {"PATH": "/usr/bin:/bin", "HOME": "/tmp"} | compiling  # noqa: S108 - the box's own


def _run_self_test(bench: Bench, turn: Turn, language: Installed) -> Offer:
    data = language.data
    test = data.self_test
    source = SourceFile(name=data.source, content=test.source.encode())
    program = Program(language=data.id, files=[source])
    case = PlaygroundCase(ordinal=1, input=test.stdin.encode(), answer=test.stdout.encode())
    order = Order(
        language=language,
        prepared=prepare(data, program),
        limits=_TEST_LIMITS,
        cases=[SentCase(case)],
        capture_bytes=_SHOWN,
    )
    events: list[Event] = []
    judge(bench, order, turn, events.append)
    for event in events:
        if isinstance(event, RunFinished) and event.verdict is Verdict.AC:
            return Offer(language, available=True)
    return Offer(language, available=False, reason=f"its self-test failed: {_why(events)}")


def _why(events: list[Event]) -> str:
    for event in reversed(events):
        match event:
            case RunFinished():
                said = (event.stderr or b"").decode("utf-8", "replace")
                return f"{event.verdict} {event.message} {said}"[:_SHOWN]
            case Finished(broken=str(reason)):
                return reason[:_SHOWN]
            case Compiled(ok=False):
                return event.output[:_SHOWN]
    return "no event"
