"""Which submissions are meant. All that is given has to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

REJECTED: Final = "rejected"
"""In place of a verdict: any but AC."""

_NAMES: Final[Mapping[str, str]] = {"since": "from"}
"""Fields whose name in JSON is a word of Python."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What was asked for. `since` counts, `until` does not: ranges can stand side by side."""

    submission: UUID | None = None
    problem: str | None = None
    contest: str | None = None
    language: str | None = None
    user: str | None = None
    verdict: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def given(self) -> dict[str, Any]:
        """Return what is not left out, by the names of this class."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def as_sent(self) -> dict[str, str]:
        """Return it as JSON, to be kept and shown."""
        return {
            _NAMES.get(name, name): value.isoformat() if isinstance(value, datetime) else str(value)
            for name, value in self.given().items()
        }
