"""The ranking and public profiles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.errors import NotFound, Unprocessable
from api.pagination import Page, PageRequest, cut
from api.rankings import store
from api.resources import Resources
from database.engine import transaction


def show_ranking(resources: Resources, page: PageRequest) -> Page[store.RankingItem]:
    """List people by place."""
    after = page.after(int, str)
    mark = None if after is None else (after[0], _as_id(after[1]))
    with transaction(resources.sessions) as db:
        items = store.find(db, mark, page.limit)
        total = store.count(db)
    return cut(items, page.limit, lambda item: (item.place, str(item.user_id)), total)


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unprocessable.field("cursor", "cursor_invalid") from None


def show_profile(resources: Resources, username: str, locale: str) -> dict[str, Any]:
    """Show what everybody may know about a person."""
    with transaction(resources.sessions) as db:
        person = store.profile(db, username)
        if person is None:
            raise NotFound
        tried = store.tried(db, person["id"], locale)
    solved = [problem for problem in tried if problem["solved_at"] is not None]
    return {
        **person,
        "solved": len(solved),
        "tried": len(tried) - len(solved),
        "submissions": sum(problem["submissions"] for problem in tried),
        "solved_problems": solved,
        "tried_problems": [problem for problem in tried if problem["solved_at"] is None],
    }
