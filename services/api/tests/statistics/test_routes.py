from __future__ import annotations

import pytest

from api.testing import Client
from database.engine import SessionFactory, transaction
from database.models import SiteStatistics

pytestmark = pytest.mark.database


def test_the_counts_are_zero_before_they_were_derived(client: Client) -> None:
    assert client.get("/statistics").json == {
        "users": 0,
        "problems": 0,
        "submissions": 0,
        "accepted": 0,
        "refreshed_at": None,
    }


def test_the_counts_are_what_the_scheduler_wrote(client: Client, anything: SessionFactory) -> None:
    with transaction(anything) as db:
        db.add(SiteStatistics(id=1, counts={"users": 3, "problems": 2, "later": 9}))
    answer = client.get("/statistics").json
    assert answer is not None
    assert (answer["users"], answer["problems"], answer["accepted"]) == (3, 2, 0)
    assert answer["refreshed_at"]
