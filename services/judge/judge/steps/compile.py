"""Turns sources into something to run, inside a box of its own. Sees no test data."""

import os
import re
from dataclasses import dataclass

from judge.languages.entry import Prepared
from judge.languages.language import CompileStep, expand
from judge.languages.registry import Installed
from judge.sandbox.descriptors import (
    close_all,
    output_memory,
    read_start,
    sealed_memory,
)
from judge.sandbox.interface import (
    BoxFile,
    Collect,
    CollectProblem,
    Command,
    Limits,
    Outcome,
    Report,
    Slot,
)
from judge.steps import Broken

TEXT_BYTES = 64 * 1024
_MARK = "\n… (cut)"
_BOX_PATH = re.compile(r"(?<![\w/])/box/")
_INVISIBLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EXECUTABLE_KIB = 128 * 1024


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file the compiler made: its name in the box and a sealed memory file."""

    name: str
    descriptor: int


@dataclass(frozen=True, slots=True)
class Compilation:
    """What the compiler did. `artifacts` is None when the program is at fault (CE)."""

    output: str
    cpu_time_ms: int
    wall_time_ms: int
    artifacts: tuple[Artifact, ...] | None


def compile_sources(
    slot: Slot, language: Installed, step: CompileStep, prepared: Prepared
) -> Compilation | Broken:
    """Run the compiler. The caller closes the artifacts' descriptors."""
    sources = [sealed_memory(file.content) for file in prepared.files]
    diagnostics = output_memory("diagnostics")
    try:
        files = tuple(
            BoxFile(descriptor, file.name)
            for descriptor, file in zip(sources, prepared.files, strict=True)
        )
        return _run_compiler(slot, _command(language, step, prepared, files, diagnostics))
    finally:
        close_all((*sources, diagnostics))


def command_line(language: Installed, step: CompileStep, prepared: Prepared) -> list[str]:
    """The compiler's argv for these sources."""
    words = {**language.words, "main": prepared.main, "main_class": prepared.main_class}
    names = language.data.sources(file.name for file in prepared.files)
    return expand(step.argv, words, names)


def clean_text(raw: bytes) -> str:
    """What people see of a compiler's words: UTF-8, at most 64 KiB, no paths of the box."""
    text = _INVISIBLE.sub("", _BOX_PATH.sub("", raw.decode("utf-8", "replace")))
    encoded = text.encode()
    if len(encoded) <= TEXT_BYTES:
        return text
    room = TEXT_BYTES - len(_MARK.encode())
    return encoded[:room].decode("utf-8", "ignore") + _MARK


def _command(
    language: Installed,
    step: CompileStep,
    prepared: Prepared,
    files: tuple[BoxFile, ...],
    diagnostics: int,
) -> Command:
    limits: Limits = step.limits.limits()
    return Command(
        argv=tuple(command_line(language, step, prepared)),
        limits=limits,
        environment={"PATH": "/usr/bin:/bin", "HOME": "/tmp", "LC_ALL": "C.UTF-8"}  # noqa: S108
        | step.environment,
        stdout=diagnostics,
        stderr=diagnostics,
        files=files,
        collect=_wanted(step),
    )


def _wanted(step: CompileStep) -> tuple[Collect, ...]:
    if step.collect is None:
        return ()
    return (Collect(step.collect, max_kib=_EXECUTABLE_KIB, tree=step.tree),)


def _run_compiler(slot: Slot, command: Command) -> Compilation | Broken:
    report = slot.run(command)
    try:
        if report.outcome is Outcome.BROKEN:
            return Broken(report.reason)
        if report.outcome is Outcome.CANCELLED:
            return Broken("cancelled")
        diagnostics = command.stderr
        raw = b"" if diagnostics is None else read_start(diagnostics, 2 * TEXT_BYTES)
        return _judge_compiler(report, raw, command)
    finally:
        report.close_collected()


def _judge_compiler(report: Report, raw: bytes, command: Command) -> Compilation:
    artifacts: tuple[Artifact, ...] | None = None
    sources = {file.name for file in command.files}
    fault = _fault(report)
    if fault is None:
        artifacts = tuple(
            Artifact(file.name, sealed_memory(file.descriptor))
            for file in report.collected
            if file.descriptor is not None and file.name not in sources
        )
        if command.collect and not artifacts:
            artifacts, fault = None, _nothing_made(report)
    text = raw if fault is None else raw + fault.encode()
    usage = report.usage
    return Compilation(
        clean_text(text), usage.cpu_time_us // 1000, usage.wall_time_us // 1000, artifacts
    )


def _fault(report: Report) -> str | None:
    """A sentence when the compiler did not end well; empty when it has said enough itself."""
    match report.outcome:
        case Outcome.CPU_LIMIT | Outcome.WALL_LIMIT:
            return "\nThe compiler took too long."
        case Outcome.MEMORY_LIMIT:
            return "\nThe compiler needed too much memory."
        case Outcome.OUTPUT_LIMIT:
            return "\nThe compiler's output was too large."
        case Outcome.SIGNALLED:
            return f"\nThe compiler was ended by signal {report.signal}."
        case _:
            return None if report.exit_code == 0 else ""


def _nothing_made(report: Report) -> str:
    if any(file.problem is CollectProblem.TOO_LARGE for file in report.collected):
        return "\nThe compiled program is too large."
    return "\nThe compiler made no program."


def size_of(artifact: Artifact) -> int:
    """Bytes of an artifact."""
    return os.fstat(artifact.descriptor).st_size
