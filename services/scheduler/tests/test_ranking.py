"""The ranking on a real PostgreSQL, compared with a slow and obvious one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from database.engine import SessionFactory, transaction
from database.models import RankingRow
from scheduler import ranking
from scheduler.testing import Arrange

pytestmark = pytest.mark.database


def refresh(engine: Engine) -> int:
    with engine.begin() as connection:
        return ranking.refresh(connection)


def table(admin: SessionFactory) -> dict[UUID, tuple[int, int, int, int]]:
    with transaction(admin) as session:
        return {
            row.user_id: (row.place, row.score, row.solved, row.submissions)
            for row in session.query(RankingRow)
        }


def test_a_solved_problem_counts_once_by_its_difficulty(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    ada = arrange.user("ada")
    easy, hard = arrange.problem("very_low"), arrange.problem("very_high")
    for verdict in ("WA", "AC", "AC"):
        arrange.judgement(ada, easy, verdict)
    arrange.judgement(ada, hard, "AC")
    refresh(engine)
    assert table(admin) == {ada: (1, 1290, 2, 4)}


def test_equal_scores_share_a_place_and_the_next_one_is_left_out(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    problem, harder = arrange.problem("low"), arrange.problem("mid")
    ada, bela, cora = arrange.user("ada"), arrange.user("bela"), arrange.user("cora")
    for user in (ada, bela):
        arrange.judgement(user, harder, "AC")
    arrange.judgement(cora, problem, "AC")
    refresh(engine)
    assert {user: row[0] for user, row in table(admin).items()} == {ada: 1, bela: 1, cora: 3}


def test_who_solved_nothing_yet_is_last(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    ada, problem = arrange.user("ada"), arrange.problem()
    arrange.judgement(ada, problem, "WA")
    refresh(engine)
    assert table(admin) == {ada: (1, 0, 0, 1)}


def test_what_must_not_count_does_not(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    problem, draft = arrange.problem(), arrange.problem(visibility="draft")
    ada = arrange.user("ada")
    arrange.judgement(arrange.user("setter", ("setter",)), problem, "AC")
    arrange.judgement(ada, problem, "AC", is_jury=True)
    arrange.judgement(ada, problem, "AC", valid=False)
    arrange.judgement(ada, problem, "JE")
    arrange.judgement(ada, problem)
    arrange.judgement(ada, draft, "AC")
    refresh(engine)
    assert table(admin) == {}


def test_a_rejudging_takes_back_what_it_gave(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    ada, problem = arrange.user("ada"), arrange.problem("mid")
    judgement = arrange.judgement(ada, problem, "AC")
    refresh(engine)
    with transaction(admin) as session:
        session.execute(
            text("UPDATE judgements SET verdict = 'WA' WHERE id = :id"), {"id": judgement}
        )
    assert refresh(engine) == 1
    assert table(admin) == {ada: (1, 0, 0, 1)}
    with transaction(admin) as session:
        session.execute(text("UPDATE judgements SET valid = false"))
    refresh(engine)
    assert table(admin) == {}


def test_a_second_refresh_writes_nothing(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    ada, problem = arrange.user("ada"), arrange.problem()
    arrange.judgement(ada, problem, "AC")
    assert refresh(engine) == 1
    assert refresh(engine) == 0


@dataclass(frozen=True)
class Judged:
    user: int
    problem: int
    verdict: str
    minute: int


judged = st.builds(
    Judged,
    user=st.integers(0, 3),
    problem=st.integers(0, 4),
    verdict=st.sampled_from(["AC", "WA", "CE", "JE"]),
    minute=st.integers(0, 90),
)
DIFFICULTIES = list(ranking.POINTS)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=st.lists(judged, max_size=25), order=st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(
    engine: Engine, admin: SessionFactory, arrange: Arrange, events: list[Judged], order: Random
) -> None:
    with transaction(admin) as session:
        session.execute(text("TRUNCATE users, problems CASCADE"))
    users = [arrange.user(f"user-{n}") for n in range(4)]
    problems = [arrange.problem(difficulty) for difficulty in DIFFICULTIES]
    arrived = list(events)
    order.shuffle(arrived)
    for number, event in enumerate(arrived):
        arrange.judgement(
            users[event.user], problems[event.problem], event.verdict, minute=event.minute
        )
        if number % 7 == 0:
            refresh(engine)
    refresh(engine)
    assert table(admin) == obvious(events, users)


def obvious(events: list[Judged], users: list[UUID]) -> dict[UUID, tuple[int, int, int, int]]:
    counted = [event for event in events if event.verdict != "JE"]
    solved: dict[int, set[int]] = defaultdict(set)
    sent: dict[int, int] = defaultdict(int)
    for event in counted:
        sent[event.user] += 1
        if event.verdict == "AC":
            solved[event.user].add(event.problem)
    scores = {
        user: sum(ranking.POINTS[DIFFICULTIES[problem]] for problem in solved[user])
        for user in sent
    }
    return {
        users[user]: (
            1 + sum(other > score for other in scores.values()),
            score,
            len(solved[user]),
            sent[user],
        )
        for user, score in scores.items()
    }
