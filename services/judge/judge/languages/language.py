"""What a language's data file may say, and the commands that follow from it. No I/O."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec

from contracts.judging import RunLimits
from judge.sandbox.interface import Limits

_MIB_KIB = 1024
_PLACEHOLDER = re.compile(r"\{([\w+]+)\}")


class Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base: a data file with a word that nobody reads is wrong."""


class StepLimits(Data, frozen=True, kw_only=True):
    """What a compiler may use."""

    cpu_time_ms: int = 20_000
    memory_mib: int = 1024
    processes: int = 64
    output_mib: int = 64
    box_mib: int = 128

    def limits(self) -> Limits:
        return Limits(
            cpu_time_ms=self.cpu_time_ms,
            memory_kib=self.memory_mib * _MIB_KIB,
            output_kib=self.output_mib * _MIB_KIB,
            processes=self.processes,
            open_files=1024,
            stack_kib=64 * _MIB_KIB,
            box_kib=self.box_mib * _MIB_KIB,
        )


class CompileStep(Data, frozen=True, kw_only=True):
    """How sources become something to run.

    Attributes:
        argv: the command; `{sources}` alone stands for all files with one of the extensions.
        collect: what it leaves: one file, or a folder with everything below it (`tree`);
            None: it only checks, and the sources are what is run.
        keep_sources: the run needs the source files too.
        shown: the command as people should read it, when `argv` is no pleasure to read.

    """

    argv: list[str]
    collect: str | None = None
    tree: bool = False
    keep_sources: bool = False
    shown: str | None = None
    environment: dict[str, str] = {}
    limits: StepLimits = StepLimits()


class RunStep(Data, frozen=True, kw_only=True):
    """How the program starts and what its runtime needs beyond the problem's limits.

    Attributes:
        argv: the command.
        executable: name of the collected file that is executed by descriptor.
        memory_extra_mib: memory of the runtime itself, not counted against the program.
        processes: processes and threads that the runtime needs at least.
        open_files: file descriptors that the runtime needs at least.
        stack_mib: stack limit where the runtime wants another one than the memory limit.
        out_of_memory_signals: signals by which the runtime ends itself when its heap is full.

    """

    argv: list[str]
    executable: str | None = None
    environment: dict[str, str] = {}
    memory_extra_mib: int = 0
    processes: int = 1
    open_files: int = 64
    stack_mib: int | None = None
    out_of_memory_signals: list[int] = []

    def limits(self, wanted: RunLimits) -> Limits:
        # A little less than memory: endless recursion then ends as the crash it is, not as MLE.
        stack = wanted.memory_kib - max(wanted.memory_kib // 16, 2 * _MIB_KIB)
        if self.stack_mib is not None:
            stack = self.stack_mib * _MIB_KIB
        return Limits(
            cpu_time_ms=wanted.cpu_time_ms,
            memory_kib=wanted.memory_kib + self.memory_extra_mib * _MIB_KIB,
            wall_time_ms=2 * wanted.cpu_time_ms + 1000,
            output_kib=wanted.output_kib,
            processes=max(wanted.processes, self.processes),
            open_files=self.open_files,
            stack_kib=max(stack, _MIB_KIB),
        )


class SelfTest(Data, frozen=True, kw_only=True):
    """A program that adds two numbers; the language is offered only while it does."""

    source: str
    stdin: str = "3 4\n"
    stdout: str = "7\n"


class PrecompiledHeader(Data, frozen=True, kw_only=True):
    """A header compiled once with the judged flags; `output` lies below `{headers}`."""

    header: str
    argv: list[str]
    output: str


class LanguageData(Data, frozen=True, kw_only=True):
    """One data file.

    Attributes:
        order: place in the list of languages, and in the queue of self-tests.
        source: name of the file when a program is one file without a name of its own.
        main_class: how the class to start is found (see `entry.py`); None: there is none.
        commands: short name → absolute paths, the first that exists is taken.
        version: command whose first line of output names the version.

    """

    id: str
    name: str
    order: int
    extensions: list[str]
    source: str
    commands: dict[str, list[str]]
    version: list[str]
    version_pattern: str = r"\d+(\.\d+)+"
    main_class: str | None = None
    compile: CompileStep | None = None
    run: RunStep
    precompiled_header: PrecompiledHeader | None = None
    self_test: SelfTest

    def sources(self, names: Iterable[str]) -> list[str]:
        """Which of these files go to the compiler."""
        wanted = {f".{extension}" for extension in self.extensions}
        return [name for name in names if PurePosixPath(name).suffix in wanted]


def expand(argv: Sequence[str], words: Mapping[str, str], sources: Sequence[str]) -> list[str]:
    """Fill in the placeholders of a command."""
    expanded: list[str] = []
    for part in argv:
        if part == "{sources}":
            expanded.extend(sources)
            continue
        filled = _PLACEHOLDER.sub(lambda found: words[found[1]], part)
        if filled:
            expanded.append(filled)
    return expanded


def readable_compile_command(data: LanguageData) -> str:
    """The compiler's command line for the help page: short names, no folders of ours."""
    if data.compile is None:
        return ""
    return data.compile.shown or _readable(data, data.compile.argv)


def readable_run_command(data: LanguageData) -> str:
    """The same for starting the program."""
    return _readable(data, data.run.argv)


def _readable(data: LanguageData, argv: Sequence[str]) -> str:
    words = {name: name for name in data.commands} | {
        "main": data.source,
        "main_class": "Main" if data.main_class == "java" else data.main_class or "",
        "headers": "headers",
        "linker": "",
        "memory_mib": "MEMORY",
        "stack_mib": "STACK",
        "young_mib": "YOUNG",
    }
    parts = [part for part in argv if part != "-I{headers}"]
    return " ".join(expand(parts, words, [data.source]))


def memory_words(limits: RunLimits) -> dict[str, str]:
    """Placeholders that follow from the problem's limits."""
    mib = max(1, limits.memory_kib // _MIB_KIB)
    return {
        "memory_mib": str(mib),
        # A thread's stack of the JVM. Unwinding an endless recursion takes about four times its
        # size besides, so a larger one would turn that crash into MLE.
        "stack_mib": str(min(max(1, mib // 4), 64)),
        "young_mib": str(max(1, mib // 3)),
    }
