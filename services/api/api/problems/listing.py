"""What a list of problems can be asked for, and what it holds. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from api.pagination import CursorKey


class Sort(StrEnum):
    """The orders there are; a hyphen turns one round."""

    NUMBER = "number"
    TITLE = "title"
    DIFFICULTY = "difficulty"
    ACCEPTANCE = "acceptance"
    NEWEST = "newest"


SORTS: Final = tuple(prefix + sort.value for sort in Sort for prefix in ("", "-"))
DIFFICULTIES: Final = ("very_low", "low", "mid", "high", "very_high")
STATUSES: Final = ("solved", "tried", "unsolved")


@dataclass(frozen=True)
class Filters:
    """What is wanted. `unsolved` means not solved, tried or not."""

    q: str | None = None
    tag: str | None = None
    difficulty: str | None = None
    status: str | None = None
    sort: str = Sort.NUMBER.value


@dataclass(frozen=True)
class Reader:
    """For whom the list is made."""

    user_id: UUID | None = None
    sees_everything: bool = False
    locale: str = "ko"


@dataclass(frozen=True)
class ProblemItem:
    """A line of the list."""

    id: UUID
    slug: str
    number: int
    title: str
    difficulty: str
    tags: list[str] = field(default_factory=list)
    visibility: str = "public"
    submissions: int = 0
    accepted: int = 0
    solvers: int = 0
    status: str | None = None
    sort_key: Any = None


def key_of(item: ProblemItem) -> CursorKey:
    """Return what the next page starts after."""
    return (item.sort_key, item.number)
