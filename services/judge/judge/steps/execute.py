"""Runs a compiled program once on one input. Knows no answer and no verdict."""

import os
from dataclasses import dataclass
from typing import Self

from contracts.judging import RunLimits
from judge.languages.language import expand, memory_words
from judge.languages.registry import Installed
from judge.sandbox.descriptors import close_all, output_memory, read_start
from judge.sandbox.interface import BoxFile, Command, Limits, Outcome, Report, Slot
from judge.steps import Broken

_STDERR_SHOWN_BYTES = 2048


@dataclass(frozen=True, slots=True)
class Runnable:
    """A program ready to run: what to start and the files it finds in its box."""

    language: Installed
    files: tuple[BoxFile, ...]
    executable: int | None
    main: str
    main_class: str
    owned: tuple[int, ...] = ()

    def close(self) -> None:
        """Close the descriptors."""
        close_all(self.owned)

    def command(self, wanted: RunLimits) -> tuple[tuple[str, ...], Limits]:
        """The argv and limits of a run, the same for every test case."""
        run = self.language.data.run
        words = {
            **self.language.words,
            **memory_words(wanted),
            "main": self.main,
            "main_class": self.main_class,
        }
        return tuple(expand(run.argv, words, ())), run.limits(wanted)


@dataclass(frozen=True, slots=True)
class Executed:
    """What a run did. `stdout` and `stderr` are memory files; `close` them."""

    report: Report
    stdout: int
    stderr: int
    out_of_memory: bool

    @property
    def stderr_start(self) -> bytes:
        """What people see of stderr in a message."""
        return read_start(self.stderr, _STDERR_SHOWN_BYTES)

    @property
    def stdout_bytes(self) -> int:
        """How much it printed."""
        return os.fstat(self.stdout).st_size

    def close(self) -> None:
        """Close both outputs."""
        close_all((self.stdout, self.stderr))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def execute(
    slot: Slot,
    runnable: Runnable,
    argv: tuple[str, ...],
    limits: Limits,
    stdin: int,
    talks_to: int | None = None,
) -> Executed | Broken:
    """Run it and wait; `stdin` stays the caller's, and so does the pipe that it talks to."""
    run = runnable.language.data.run
    stdout, stderr = output_memory("stdout"), output_memory("stderr")
    try:
        report = slot.run(
            Command(
                argv=argv,
                limits=limits,
                environment=run.environment,
                stdin=stdin,
                stdout=stdout if talks_to is None else talks_to,
                stderr=stderr,
                executable=runnable.executable,
                files=runnable.files,
            )
        )
        if report.outcome is Outcome.BROKEN:
            return Broken(report.reason)
        heap_full = (
            report.outcome is Outcome.SIGNALLED and report.signal in run.out_of_memory_signals
        )
        executed = Executed(report, stdout, stderr, heap_full)
        stdout = stderr = -1
        return executed
    finally:
        close_all(descriptor for descriptor in (stdout, stderr) if descriptor >= 0)
