"""The site-wide ranking: what a solved problem is worth, and what counts.

Only valid judgements of public problems count, nobody with a role takes part, and the time is that
of sending. So a rebuild gives the same table whatever the order in which verdicts arrived.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from scheduler.ranking_store import rebuild

POINTS: Final[Mapping[str, int]] = MappingProxyType(
    {"very_low": 10, "low": 20, "mid": 160, "high": 640, "very_high": 1280}
)
"""Points for a solved problem, by its difficulty, as the site has always given them."""


def refresh(connection: Connection) -> int:
    """Rebuild the ranking and return how many rows changed."""
    return rebuild(connection, POINTS)
