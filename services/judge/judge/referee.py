"""The jury's own program in a judging: a checker or an interactor, ready to be compiled."""

from dataclasses import dataclass

import msgspec

from contracts.judging import (
    Checker,
    CheckerKind,
    CheckerProgram,
    CheckerProtocol,
    Interactor,
    RunLimits,
)
from judge.errors import MalformedRequestError
from judge.languages.entry import Prepared, prepare
from judge.languages.registry import Installed, Registry

LIMITS = RunLimits(cpu_time_ms=10_000, memory_kib=1 << 20, output_kib=8192)
_MOST_ARGUMENTS = 64
_LONGEST_ARGUMENT = 1024


@dataclass(frozen=True, slots=True)
class Referee:
    """A program of the jury's that says yes or no."""

    language: Installed
    prepared: Prepared
    limits: RunLimits
    arguments: tuple[str, ...]
    protocol: CheckerProtocol = CheckerProtocol.KATTIS
    interactive: bool = False


def referee_for(
    registry: Registry, checker: Checker, interactor: Interactor | None = None
) -> Referee | None:
    """Who decides, None when the judge's own checkers do; raises what a bad request raises."""
    if interactor is not None:
        return _referee(registry, interactor, CheckerProtocol.KATTIS, interactive=True)
    if checker.kind is not CheckerKind.PROGRAM:
        return None
    if isinstance(checker.program, msgspec.UnsetType):
        raise MalformedRequestError("a checker of the kind `program` comes with its program")
    return _referee(registry, checker.program, checker.program.protocol, interactive=False)


def _referee(
    registry: Registry,
    wanted: CheckerProgram | Interactor,
    protocol: CheckerProtocol,
    *,
    interactive: bool,
) -> Referee:
    too_long = any(len(word) > _LONGEST_ARGUMENT or "\0" in word for word in wanted.arguments)
    if too_long or len(wanted.arguments) > _MOST_ARGUMENTS:
        raise MalformedRequestError("the arguments of a checker are too many or too long")
    language = registry.find(wanted.source.language)
    return Referee(
        language=language,
        prepared=prepare(language.data, wanted.source),
        limits=wanted.limits or LIMITS,
        arguments=tuple(wanted.arguments),
        protocol=protocol,
        interactive=interactive,
    )
