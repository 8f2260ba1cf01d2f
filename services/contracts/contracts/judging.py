"""The judge's HTTP shapes: what a grader asks for, and the facts that stream back.

`POST /v1/judgements` takes a `JudgingRequest` and `POST /v1/playground-runs` a
`PlaygroundRequest`; both answer 200 with NDJSON, one `Event` a line: `compiling`, `compiled`,
then `run` for each test case in order, and `finished` at the very end. A stream without
`finished` was cut off: the machinery failed, whatever it said before.

400 `malformed`, 401 `wrong_secret`, 409 with `MissingBlobs`, 422 `language_unknown`, 503 with
`Retry-After` when every slot is taken or the judge is going away: all but 409 as `Refusal`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from contracts.verdicts import Verdict

SECRET_HEADER: Final = "X-Judge-Secret"  # noqa: S105 - the name of a header
TRACE_HEADER: Final = "X-Trace-ID"


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the shapes below: immutable, unknown fields ignored, so that fields can be added."""


class SourceFile(Frozen, frozen=True, kw_only=True):
    """One file of a program. `content` travels as base64."""

    name: str
    content: bytes


class Program(Frozen, frozen=True, kw_only=True):
    """Source in one language.

    Attributes:
        language: a Kattis language id such as `cpp` or `python3`.
        files: at least one; names are plain file names that the judge checks again.
        entry_point: the file or class to start, or None for the language's default.

    """

    language: str
    files: list[SourceFile]
    entry_point: str | None = None


class RunLimits(Frozen, frozen=True, kw_only=True):
    """What one run may use. Times are CPU time, user and system; the wall limit follows from it."""

    cpu_time_ms: int
    memory_kib: int
    output_kib: int = 65_536
    processes: int = 64


class CheckerKind(StrEnum):
    """Who compares the output with the answer."""

    TOKENS = "tokens"
    LINES = "lines"
    EXACT = "exact"
    FLOATS = "floats"
    PROGRAM = "program"


class CheckerProtocol(StrEnum):
    """How a checker of the jury's is called and what its exit code means.

    `kattis`: `validator input answer feedback_dir/ [arguments] < output`; 42 yes, 43 no.
    `testlib`: `checker input output answer [arguments]`; 0 yes, 1, 2, 4 and 8 no. Points (7) are
    not understood yet. Whatever else happens is a judge error under both.
    """

    KATTIS = "kattis"
    TESTLIB = "testlib"


class CheckerProgram(Frozen, frozen=True, kw_only=True):
    """A checker of the jury's, which runs in a box like everybody's programs.

    Attributes:
        source: what it is compiled from.
        protocol: how it is called.
        arguments: what it gets after the files.
        limits: what it may use in one run; None: the judge's own choice.

    """

    source: Program
    protocol: CheckerProtocol = CheckerProtocol.KATTIS
    arguments: list[str] = []
    limits: RunLimits | None = None


class Checker(Frozen, frozen=True, kw_only=True):
    """The checker and its arguments.

    Attributes:
        kind: which of the judge's own checkers, or `program` for one of the jury's.
        case_sensitive: letters count as they are (tokens).
        space_change_sensitive: white space must match exactly (tokens).
        float_absolute_tolerance: |expected - found| ≤ this passes (floats).
        float_relative_tolerance: |expected - found| ≤ this * |expected| passes (floats).
        program: the jury's checker (program, which needs it; left out of the JSON by others).

    """

    kind: CheckerKind = CheckerKind.TOKENS
    case_sensitive: bool = False
    space_change_sensitive: bool = False
    float_absolute_tolerance: float | None = None
    float_relative_tolerance: float | None = None
    program: CheckerProgram | msgspec.UnsetType = msgspec.UNSET


class Interactor(Frozen, frozen=True, kw_only=True):
    """The jury's program that talks with the contestant's by the Kattis protocol, and decides.

    Attributes:
        source: `interactor input answer feedback_dir/ [arguments]`; its standard input is what
            the program prints, its standard output what the program reads; 42 yes, 43 no.
        arguments: what it gets after the files.
        limits: what it may use in one run; None: the judge's own choice.

    """

    source: Program
    arguments: list[str] = []
    limits: RunLimits | None = None


class Blob(Frozen, frozen=True, kw_only=True):
    """A file by its content: lower-case hex SHA-256 and size in bytes."""

    sha256: str
    size: int


class JudgingCase(Frozen, frozen=True, kw_only=True):
    """One test case. `ordinal` counts from 1 and is all the program's side ever shows of it."""

    ordinal: int
    input: Blob
    answer: Blob


class JudgingRequest(Frozen, frozen=True, kw_only=True):
    """Judge one program on these test cases, in this order.

    Attributes:
        judgement_id: for the judge's log; the judge keeps nothing by it.
        claim: the grader's claim number, likewise.
        stop_at_failure: report the cases after the first that is not AC as SK without running.
        interactor: makes the problem interactive; `checker` is not used then.

    """

    judgement_id: str
    claim: int
    program: Program
    limits: RunLimits
    cases: list[JudgingCase]
    checker: Checker = Checker()
    stop_at_failure: bool = True
    interactor: Interactor | None = None


class PlaygroundCase(Frozen, frozen=True, kw_only=True):
    """One input to run on; with an `answer` the output is checked as well."""

    ordinal: int
    input: bytes
    answer: bytes | None = None


class PlaygroundRequest(Frozen, frozen=True, kw_only=True):
    """Run a program on small inputs and return what it printed, cut at `capture_bytes`."""

    playground_run_id: str
    program: Program
    limits: RunLimits
    cases: list[PlaygroundCase]
    checker: Checker = Checker()
    capture_bytes: int = 65_536


class MissingBlobs(Frozen, frozen=True, kw_only=True):
    """Answer 409, and the answer of `POST /v1/blobs/missing`: PUT these, then ask again."""

    missing: list[str]


class BlobQuery(Frozen, frozen=True, kw_only=True):
    """Body of `POST /v1/blobs/missing`."""

    sha256: list[str]


class Refusal(Frozen, frozen=True, kw_only=True):
    """Body of every other answer that is not a stream."""

    code: str
    message: str


class Compiling(Frozen, frozen=True, kw_only=True, tag_field="event", tag="compiling"):
    """A slot was found and the compiler started (or there is nothing to compile)."""


class Compiled(Frozen, frozen=True, kw_only=True, tag_field="event", tag="compiled"):
    """The compiler ended. `ok` false is the program's fault: CE with `output` (≤ 64 KiB)."""

    ok: bool
    output: str = ""
    cpu_time_ms: int = 0
    wall_time_ms: int = 0
    cached: bool = False


class RunFinished(Frozen, frozen=True, kw_only=True, tag_field="event", tag="run"):
    """What one run did, and the verdict that follows from it.

    Attributes:
        message: for people who may see the test's details: the checker's words, or the reason.
        team_message: what the jury's checker or interactor says to the contestant.
        stdout: in a playground run what the program printed, cut; else None.
        stderr: likewise.
        output_truncated: `stdout` or `stderr` was cut.

    """

    ordinal: int
    verdict: Verdict
    cpu_time_ms: int = 0
    wall_time_ms: int = 0
    memory_kib: int = 0
    exit_code: int | None = None
    signal: int | None = None
    message: str = ""
    team_message: str = ""
    stdout: bytes | None = None
    stderr: bytes | None = None
    output_truncated: bool = False


class Finished(Frozen, frozen=True, kw_only=True, tag_field="event", tag="finished"):
    """The last line. `broken` is a reason when our machinery failed: nothing before it counts."""

    broken: str | None = None


class Heartbeat(Frozen, frozen=True, kw_only=True, tag_field="event", tag="heartbeat"):
    """Sent at least every 5 s while a long run is under way, so that silence means a lost judge."""


Event = Compiling | Compiled | RunFinished | Finished | Heartbeat


class Language(Frozen, frozen=True, kw_only=True):
    """A language as a judge offers it; `available` false names a failed self-test in `reason`."""

    id: str
    name: str
    version: str
    extensions: list[str]
    compile_command: str
    run_command: str
    available: bool = True
    reason: str = ""


class Languages(Frozen, frozen=True, kw_only=True):
    """Answer of `GET /v1/languages`."""

    languages: list[Language]


class Health(Frozen, frozen=True, kw_only=True):
    """Answer of `GET /v1/health` (no secret needed). `rung` is the rung of the sandbox's ladder."""

    ready: bool
    rung: str
    slots: int
    slots_free: int
    problems: list[str] = []
