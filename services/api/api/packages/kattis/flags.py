"""The default output validator's flags to a checker. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from api.packages.faults import Faults
from contracts.judging import Checker, CheckerKind

_FLOAT: Final = re.compile(r"^[+-]?(\d*\.\d+|\d+\.?)([eE][+-]?\d+)?$")
_TOLERANCES: Final = {
    "float_tolerance": ("absolute", "relative"),
    "float_absolute_tolerance": ("absolute",),
    "float_relative_tolerance": ("relative",),
}


def read_flags(words: Sequence[str], file: str, line: int | None, faults: Faults) -> Checker:
    """Return the checker that the flags ask for; repeated and mixed tolerances are faults."""
    switches: set[str] = set()
    tolerances: dict[str, float] = {}
    rest = iter(words)
    for word in rest:
        if word in ("case_sensitive", "space_change_sensitive"):
            switches.add(word)
        elif word in _TOLERANCES:
            value = next(rest, "")
            if not _is_tolerance(value):
                faults.error("flag_wrong_value", file, line, flag=word, value=value)
            elif tolerances.keys() & set(_TOLERANCES[word]):
                faults.error("flag_twice", file, line, flag=word)
            else:
                tolerances.update(dict.fromkeys(_TOLERANCES[word], float(value)))
        else:
            faults.error("flag_unknown", file, line, flag=word)
    return Checker(
        kind=CheckerKind.FLOATS if tolerances else CheckerKind.TOKENS,
        case_sensitive="case_sensitive" in switches,
        space_change_sensitive="space_change_sensitive" in switches,
        float_absolute_tolerance=tolerances.get("absolute"),
        float_relative_tolerance=tolerances.get("relative"),
    )


def _is_tolerance(value: str) -> bool:
    return bool(_FLOAT.match(value)) and math.isfinite(float(value)) and float(value) >= 0
