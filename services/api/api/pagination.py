"""Lists by cursor: the next page starts after the last row's sort key, whatever came in between."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from api.errors import Unprocessable

MAX_LIMIT = 100
DEFAULT_LIMIT = 20
MAX_CURSOR_LENGTH = 512

T = TypeVar("T")
CursorKey = Sequence[str | int | float | bool | None]


@dataclass(frozen=True)
class PageRequest:
    """Which part of a list is wanted."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    def after(self, *kinds: type) -> list[Any] | None:
        """Return the sort key after which the page starts, or None for the first page.

        Args:
            kinds: the types of the key's parts; `float` takes an int as well.

        Raises:
            Unprocessable: the cursor was not made by `cursor_of` for this list.

        """
        if self.cursor is None:
            return None
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (ValueError, binascii.Error, RecursionError):
            key = None
        if not isinstance(key, list) or len(key) != len(kinds):
            raise Unprocessable.field("cursor", "cursor_invalid")
        for part, kind in zip(key, kinds, strict=True):
            wanted = (float, int) if kind is float else (kind,)
            if type(part) not in wanted or "\0" in str(part):
                raise Unprocessable.field("cursor", "cursor_invalid")
        return key


@dataclass(frozen=True)
class Page(Generic[T]):
    """One part of a list, in the shape of the answer."""

    items: Sequence[T]
    next_cursor: str | None = None
    total: int | None = None


def cursor_of(key: CursorKey) -> str:
    """Return the cursor of a sort key. It is opaque, not secret."""
    raw = json.dumps(list(key), separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def cut(
    rows: Sequence[T], limit: int, key: Callable[[T], CursorKey], total: int | None = None
) -> Page[T]:
    """Make a page of rows that were read with `limit + 1`, so that the end is known."""
    if len(rows) <= limit:
        return Page(rows, None, total)
    kept = rows[:limit]
    return Page(kept, cursor_of(key(kept[-1])), total)
