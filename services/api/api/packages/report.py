"""Faults as sentences: for the answer's `details` and for the terminal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.errors import Text
from api.i18n import Translator
from api.packages.faults import Fault, Faults


def say(fault: Fault, translator: Translator, locale: str) -> dict[str, Any]:
    """Return a fault in the shape of API.md's `details`, with its stable code."""
    return {
        "code": fault.code,
        "file": fault.file,
        "line": fault.line,
        "message": translator.say(Text(f"package.{fault.code}", fault.params), locale),
    }


def say_all(faults: Sequence[Fault], translator: Translator, locale: str) -> list[dict[str, Any]]:
    """Return several faults, in the order of files and lines."""
    ordered = sorted(faults, key=lambda fault: (fault.file, fault.line or 0))
    return [say(fault, translator, locale) for fault in ordered]


def errors_of(faults: Faults, translator: Translator, locale: str) -> list[dict[str, Any]]:
    """Return why a package was refused."""
    details = say_all(faults.errors, translator, locale)
    if faults.omitted:
        more = Fault("more_faults", "", None, {"count": str(faults.omitted)})
        details.append(say(more, translator, locale))
    return details
