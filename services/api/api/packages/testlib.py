"""The checkers that come with testlib, as checkers of our judge. Pure.

Only those of which ours is the same judgement, or more lenient about white space alone.
"""

from __future__ import annotations

from typing import Final

from contracts.judging import Checker, CheckerKind

_TOKENS: Final = Checker(kind=CheckerKind.TOKENS, case_sensitive=True)
_LINES: Final = Checker(kind=CheckerKind.LINES, case_sensitive=True)
_ANY_CASE: Final = Checker(kind=CheckerKind.TOKENS)


def floats(absolute: float | None = None, relative: float | None = None) -> Checker:
    """Return the checker of numbers with these tolerances."""
    return Checker(
        kind=CheckerKind.FLOATS,
        case_sensitive=True,
        float_absolute_tolerance=absolute,
        float_relative_tolerance=relative,
    )


STANDARD: Final = {
    **dict.fromkeys(("wcmp", "ncmp", "icmp", "hcmp", "lcmp"), _TOKENS),
    **dict.fromkeys(("caseicmp", "casencmp", "casewcmp"), _TOKENS),
    "fcmp": _LINES,
    **dict.fromkeys(("yesno", "nyesno"), _ANY_CASE),
    "rcmp": floats(1.5e-6),
    "acmp": floats(1.5e-6),
    "rncmp": floats(1.5e-5),
    "dcmp": floats(1e-6, 1e-6),
    "rcmp4": floats(1e-4, 1e-4),
    "rcmp6": floats(1e-6, 1e-6),
    "rcmp9": floats(1e-9, 1e-9),
}


def standard_checker(name: str) -> Checker | None:
    """Return our checker for `std::ncmp.cpp`, or None when there is none."""
    return STANDARD.get(name.removeprefix("std::").partition(".")[0])
