"""A problem folder's own output validator: its sources, its language, how it is called."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from contracts.judging import (
    Checker,
    CheckerKind,
    CheckerProgram,
    CheckerProtocol,
    Interactor,
    Program,
    SourceFile,
)
from judge.errors import MalformedRequestError
from judge.languages.registry import load

# Of 2025-09, and of the formats before it.
_FOLDERS = ("output_validator", "output_validators")


def custom_checker(
    folder: Path, described: Mapping[str, Any], arguments: Sequence[str]
) -> Checker | Interactor | None:
    """What the folder brings along, None when it leaves checking to the judge.

    `checker_protocol: testlib` in problem.yaml is our own word for such a checker.
    """
    source = _program(folder)
    interactive = _is_interactive(described)
    if source is None:
        if interactive:
            raise MalformedRequestError(f"{folder} is interactive but has no output_validator/")
        return None
    if interactive:
        return Interactor(source=source, arguments=list(arguments))
    word = described.get("checker_protocol", CheckerProtocol.KATTIS.value)
    if word not in set(CheckerProtocol):
        raise MalformedRequestError(f"unknown protocol of a checker: {word!r}")
    program = CheckerProgram(
        source=source,
        protocol=CheckerProtocol(word),
        arguments=list(arguments),
    )
    return Checker(kind=CheckerKind.PROGRAM, program=program)


def _is_interactive(described: Mapping[str, Any]) -> bool:
    kinds = described.get("type") or ()
    words = [kinds] if isinstance(kinds, str) else list(kinds)
    words += str(described.get("validation") or "").split()
    return "interactive" in words


def _program(folder: Path) -> Program | None:
    found = next((folder / name for name in _FOLDERS if (folder / name).is_dir()), None)
    if found is None:
        return None
    inside = sorted(found.iterdir())
    if len(inside) == 1 and inside[0].is_dir():
        inside = sorted(inside[0].iterdir())
    files = [path for path in inside if path.is_file()]
    return Program(
        language=_language(found, files),
        files=[SourceFile(name=path.name, content=path.read_bytes()) for path in files],
    )


def _language(folder: Path, files: Sequence[Path]) -> str:
    endings = {path.suffix.removeprefix(".") for path in files}
    for data in load():
        if endings & set(data.extensions):
            return data.id
    raise MalformedRequestError(f"{folder} holds no program in a language that is known here")
