"""A list takes the same number of queries however long it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select

from api.clock import FakeClock
from api.testing import Cast, make_user, sign_in
from database.engine import SessionFactory, transaction
from database.models import Announcement, PersonalAccessToken, User

pytestmark = pytest.mark.database

Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def many(app: Flask, cast: Cast, sessions: SessionFactory, clock: FakeClock) -> None:
    """A dozen of everything that is listed."""
    with sessions() as db:
        ada = db.scalars(select(User).where(User.username == "ada")).one()
    for number in range(12):
        author = make_user(sessions)
        sign_in(app, sessions, clock, ada)
        with transaction(sessions) as db:
            db.add(
                Announcement(title_en=str(number), author_id=author.id, published_at=clock.now())
            )
            db.add(
                PersonalAccessToken(
                    user_id=ada.id, name=str(number), token_hash=str(number), scopes=["read"]
                )
            )


@pytest.mark.parametrize(
    ("path", "most"),
    [
        # One is the session's.
        ("/me", 1),
        ("/me/sessions", 2),
        ("/tokens?limit=100", 2),
        ("/announcements?limit=100", 2),
        ("/submissions?limit=100", 4),
        ("/problems?limit=100", 4),
        ("/ranking?limit=100", 4),
        ("/languages", 1),
        ("/statistics", 1),
    ],
)
def test_a_list_takes_few_queries(
    cast: Cast, many: None, queries: Counter, path: str, most: int
) -> None:
    with queries() as sent:
        answer = cast.ada.get(path)
    assert answer.status_code == 200
    assert len(sent) <= most, sent


def test_a_public_page_of_a_visitor_asks_nothing_about_sessions(
    cast: Cast, queries: Counter
) -> None:
    with queries() as sent:
        assert cast.visitor.get("/announcements").status_code == 200
    assert not any("FROM sessions" in statement for statement in sent)
