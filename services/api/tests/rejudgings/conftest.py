"""Two problems of two setters with judged submissions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from api.clock import FakeClock
from api.problems.testing import add_problem, offer_languages
from api.submissions.testing import BODY, judge
from api.testing import Cast, Client, make_user, sign_in
from database.engine import SessionFactory
from database.models import Problem


@dataclass(frozen=True)
class Ground:
    """`sums` is jury's, `others` is of another setter. Everything is judged."""

    sums: Problem
    others: Problem
    other_setter: Client
    of_ada: str
    of_bela: str
    elsewhere: str


def send(client: Client, **changes: object) -> str:
    answer = client.post("/submissions", {**BODY, **changes})
    assert answer.status_code == 202, answer.json
    assert answer.json is not None
    identity: str = answer.json["id"]
    return identity


@pytest.fixture
def ground(
    app: Flask,
    sessions: SessionFactory,
    anything: SessionFactory,
    clock: FakeClock,
    cast: Cast,
) -> Ground:
    offer_languages(anything)
    other = sign_in(app, sessions, clock, make_user(sessions, "other", roles=["setter"]))
    ground = Ground(
        sums=add_problem(sessions, "sums", author_id=cast.jury.user_id),
        others=add_problem(sessions, "others", author_id=other.user_id),
        other_setter=other,
        of_ada=send(cast.ada),
        of_bela=send(cast.bela, language="python3"),
        elsewhere=send(cast.ada, problem="others"),
    )
    judge(anything, ground.of_ada, verdict="WA")
    judge(anything, ground.of_bela, verdict="AC")
    judge(anything, ground.elsewhere, verdict="AC")
    return ground


Rejudge = Callable[..., dict[str, Any]]


@pytest.fixture
def rejudge(cast: Cast, ground: Ground) -> Rejudge:
    """Ask for a rejudging, as the jury of `sums` unless told otherwise."""
    del ground

    def ask(apply: str = "manual", *, by: Client | None = None, **wanted: object) -> dict[str, Any]:
        body = {
            "reason": "The data changed.",
            "filter": wanted or {"problem": "sums"},
            "apply": apply,
        }
        answer = (by or cast.jury).post("/rejudgings", body)
        assert answer.status_code == 201, answer.json
        assert answer.json is not None
        made: dict[str, Any] = answer.json
        return made

    return ask
