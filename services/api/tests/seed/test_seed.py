from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from api.resources import Resources
from api.seed import service
from api.testing import Client, make_user
from database.engine import SessionFactory, transaction
from database.models import Announcement, DataSet, JuryProgram, Problem

pytestmark = pytest.mark.database


def counts(sessions: SessionFactory) -> list[int]:
    with transaction(sessions) as db:
        return [
            db.scalar(select(func.count()).select_from(model)) or 0
            for model in (Problem, DataSet, JuryProgram, Announcement)
        ]


def test_a_seeded_site_has_problems_and_news_once(
    resources: Resources, sessions: SessionFactory, client: Client
) -> None:
    said: list[str] = []
    service.seed(resources, said.append)
    first = counts(sessions)
    with transaction(sessions) as db:
        db.execute(update(Problem).values(difficulty="high"))
    make_user(sessions, "setter", roles=["setter"])
    service.seed(resources, said.append)
    assert counts(sessions) == first
    assert first[:2] == [3, 3]
    assert first[3] == 1
    with transaction(sessions) as db:
        # What people changed stays, and the problems have found their author.
        assert set(db.scalars(select(Problem.difficulty))) == {"high"}
        assert None not in set(db.scalars(select(Problem.author_id)))
    listed = client.get("/problems?lang=ko").json
    assert listed is not None
    assert [item["title"] for item in listed["items"]] == [
        "A + B",
        "목표에 가장 가까운 두 수",
        "연못 돌아가기",
    ]
    shown = client.get("/problems/around-the-pond").json
    assert shown is not None
    assert shown["checker"]["float_absolute_tolerance"] == 1e-6
    assert len(shown["samples"]) == 3
    assert 'class="math block"' in shown["statement"]["html"]
