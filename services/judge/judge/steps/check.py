"""Compares an output with the jury's answer. Says what differs first, never a verdict."""

import os
from dataclasses import dataclass

from contracts.judging import Checker, CheckerKind
from judge.checkers.native import Comparer, Difference, options_for
from judge.errors import MachineryError
from judge.steps import Broken

_SHOWN_BYTES = 80


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checker found; `message` is for people who may see the test.

    `team_message` is what a checker of the jury's says to the contestant.
    """

    accepted: bool
    message: str = ""
    team_message: str = ""


def check(comparer: Comparer, checker: Checker, answer: int, output: int) -> Checked | Broken:
    """Compare two files given by descriptor."""
    try:
        difference = comparer.compare(answer, output, options_for(checker))
    except (MachineryError, OSError) as error:
        return Broken(str(error))
    if difference is None:
        return Checked(accepted=True)
    return Checked(accepted=False, message=_describe(checker, difference, answer, output))


def _describe(checker: Checker, where: Difference, answer: int, output: int) -> str:
    whole_lines = checker.kind in {CheckerKind.LINES, CheckerKind.EXACT}
    expected = _piece(answer, where.answer_at, whole_lines=whole_lines)
    found = _piece(output, where.output_at, whole_lines=whole_lines)
    place = f"line {where.line}, token {where.token}"
    if not found:
        return f"{place}: expected {expected or 'other white space'}, found the end of the output"
    if not expected:
        return f"{place}: expected the end of the output, found {found}"
    return f"{place}: expected {expected}, found {found}"


def _piece(descriptor: int, offset: int, *, whole_lines: bool) -> str:
    """A token or line as people can read it: printable, short, in quotes."""
    raw = os.pread(descriptor, _SHOWN_BYTES + 1, offset)
    if whole_lines:
        parts = raw.split(b"\n", 1)
        piece = parts[0] + (b"\n" if len(parts) > 1 and not parts[0] else b"")
    else:
        piece = raw.split(maxsplit=1)[0] if raw.strip() and not raw[:1].isspace() else raw[:1]
    if not piece:
        return ""
    cut = "…" if len(piece) > _SHOWN_BYTES else ""
    return ascii_or_text(piece[:_SHOWN_BYTES]) + cut


def ascii_or_text(raw: bytes) -> str:
    """Bytes in quotes; what cannot be printed is escaped, so that it is inert wherever shown."""
    text = raw.decode("utf-8", "backslashreplace")
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return f'"{shown}"'
