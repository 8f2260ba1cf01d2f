"""DMOJ's checkers by name, as checkers of our judge."""

from __future__ import annotations

from typing import Any, Final

from api.packages.faults import Faults
from api.packages.fields import Fields
from api.packages.testlib import floats
from contracts.judging import Checker, CheckerKind

STANDARD: Final = Checker(kind=CheckerKind.TOKENS, case_sensitive=True)
MAX_PRECISION: Final = 18

_PLAIN: Final = {
    "standard": STANDARD,
    "identical": Checker(kind=CheckerKind.EXACT),
    "rstripped": Checker(kind=CheckerKind.LINES, case_sensitive=True),
}
_FLOATS: Final = {"floats": "default", "floatsabs": "absolute", "floatsrel": "relative"}


def read_checker(fields: Fields, faults: Faults) -> Checker:
    """Return the checker; one that we do not have is refused by name."""
    value: Any = fields.values.get("checker", "standard")
    arguments: Any = {}
    if isinstance(value, dict):
        value, arguments = value.get("name"), value.get("args") or {}
    if not isinstance(value, str) or not isinstance(arguments, dict):
        fields.wrong("checker", "a name, or a mapping with name and args")
        return STANDARD
    if value in _FLOATS:
        return _floats(fields, _FLOATS[value], arguments)
    if value not in _PLAIN:
        fields.not_supported("checker", f"checker: {value}")
        return STANDARD
    if value == "standard":
        faults.warn("line_breaks_not_compared", fields.file, fields.line("checker"))
    return _PLAIN[value]


def _floats(fields: Fields, mode: str, arguments: dict[Any, Any]) -> Checker:
    precision = arguments.get("precision", 6)
    mode = str(arguments.get("error_mode", mode))
    is_whole = isinstance(precision, int) and not isinstance(precision, bool)
    if not is_whole or not 0 <= precision <= MAX_PRECISION:
        fields.wrong("checker", f"precision from 0 to {MAX_PRECISION}")
        return STANDARD
    tolerance = 10.0**-precision
    if mode == "default":
        return floats(tolerance, tolerance)
    if mode in ("absolute", "relative"):
        return floats(**{mode: tolerance})
    fields.wrong("checker", "error_mode default, absolute or relative")
    return STANDARD
