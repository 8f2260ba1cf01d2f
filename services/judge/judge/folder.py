"""A problem as a folder in the Kattis layout: limits, checker and test cases, for the owner's use.

Reads what a judge needs and no more; the api's importer is the one that validates packages.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from contracts.judging import Checker, CheckerKind, Interactor, RunLimits
from judge.cases import OpenFile
from judge.errors import MalformedRequestError
from judge.sandbox.descriptors import sealed_memory
from judge.validators import custom_checker

_DEFAULT_TIME_S = 1.0
_DEFAULT_MEMORY_MIB = 256
_DEFAULT_OUTPUT_MIB = 16


@dataclass(frozen=True, slots=True)
class FolderCase:
    """One pair of files; `ordinal` counts through samples and secret cases."""

    ordinal: int
    name: str
    input_path: Path
    answer_path: Path

    def input(self) -> OpenFile:
        return OpenFile(_sealed(self.input_path))

    def answer(self) -> OpenFile:
        return OpenFile(_sealed(self.answer_path))


@dataclass(frozen=True, slots=True)
class Problem:
    """What the folder says."""

    limits: RunLimits
    checker: Checker
    cases: tuple[FolderCase, ...]
    interactor: Interactor | None = None


def read(folder: Path) -> Problem:
    """Read a problem; raises MalformedRequestError with what is missing."""
    described = _yaml(folder / "problem.yaml")
    limits = described.get("limits") or {}
    flags = str(described.get("validator_flags") or "").split()
    for group in ("data/test_group.yaml", "data/secret/test_group.yaml"):
        arguments = _yaml(folder / group).get("output_validator_args")
        if arguments:
            flags = [str(word) for word in arguments]
    cases = _cases(folder)
    if not cases:
        message = f"{folder} has no test case: data/sample/*.in or data/secret/*.in with .ans"
        raise MalformedRequestError(message)
    custom = custom_checker(folder, described, flags)
    return Problem(
        limits=RunLimits(
            cpu_time_ms=round(1000 * float(limits.get("time_limit", _DEFAULT_TIME_S))),
            memory_kib=1024 * int(limits.get("memory", _DEFAULT_MEMORY_MIB)),
            output_kib=1024 * int(limits.get("output", _DEFAULT_OUTPUT_MIB)),
        ),
        checker=_checker(custom, flags),
        cases=tuple(cases),
        interactor=custom if isinstance(custom, Interactor) else None,
    )


def _checker(custom: Checker | Interactor | None, flags: list[str]) -> Checker:
    match custom:
        case None:
            return checker_from(flags)
        case Interactor():
            return Checker()
        case _:
            return custom


def checker_from(flags: list[str]) -> Checker:
    """The Kattis default validator's flags; `lines` and `exact` are our own."""
    kind = CheckerKind.TOKENS
    absolute = relative = None
    words = iter(flags)
    for word in words:
        match word:
            case "float_tolerance":
                absolute = relative = float(next(words))
            case "float_absolute_tolerance":
                absolute = float(next(words))
            case "float_relative_tolerance":
                relative = float(next(words))
            case "lines" | "exact":
                kind = CheckerKind(word)
            case "case_sensitive" | "space_change_sensitive":
                pass
            case _:
                raise MalformedRequestError(f"unknown flag of the checker: {word!r}")
    if absolute is not None or relative is not None:
        kind = CheckerKind.FLOATS
    return Checker(
        kind=kind,
        case_sensitive="case_sensitive" in flags,
        space_change_sensitive="space_change_sensitive" in flags,
        float_absolute_tolerance=absolute,
        float_relative_tolerance=relative,
    )


def _cases(folder: Path) -> list[FolderCase]:
    found: list[FolderCase] = []
    for group in ("sample", "secret"):
        for path in sorted((folder / "data" / group).rglob("*.in")):
            answer = path.with_suffix(".ans")
            if not answer.exists():
                raise MalformedRequestError(f"{path} has no .ans beside it")
            name = str(path.relative_to(folder / "data").with_suffix(""))
            found.append(FolderCase(len(found) + 1, name, path, answer))
    return found


def _yaml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise MalformedRequestError(f"{path} is not a map")
    return loaded


def _sealed(path: Path) -> int:
    with path.open("rb") as file:
        return sealed_memory(file.fileno(), "input")
