"""Statistics, expiry, and one run at a time, on a real PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Engine, text

from database.engine import SessionFactory, transaction
from database.models import ProblemStatistics, SiteStatistics
from scheduler import expiry, statistics_store
from scheduler.jobs import Jobs
from scheduler.testing import Arrange

pytestmark = pytest.mark.database


def test_the_counts_are_those_of_valid_judgements(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    ada, bela, problem = arrange.user("ada"), arrange.user("bela"), arrange.problem()
    arrange.problem(visibility="draft")
    for user, verdict in ((ada, "WA"), (ada, "AC"), (ada, "AC"), (bela, "JE")):
        arrange.judgement(user, problem, verdict)
    arrange.judgement(bela, problem, "AC", valid=False)
    arrange.judgement(bela, problem, "AC", is_jury=True)
    with engine.begin() as connection:
        statistics_store.refresh(connection)
    with transaction(admin) as session:
        found = session.get_one(ProblemStatistics, problem)
        assert (found.submissions, found.accepted, found.solvers) == (3, 2, 1)
        site = session.get_one(SiteStatistics, 1)
        assert site.counts == {"users": 2, "problems": 1, "submissions": 3, "accepted": 2}
    with engine.begin() as connection:
        assert statistics_store.refresh(connection) == 0


def test_what_is_out_of_date_goes_and_the_rest_stays(
    engine: Engine, admin: SessionFactory, arrange: Arrange
) -> None:
    ada = arrange.user("ada")
    with transaction(admin) as session:
        for token, life in (("old", "-1 hour"), ("new", "1 hour")):
            session.execute(
                text(
                    "INSERT INTO sessions (id, user_id, token_hash, csrf_token, expires_at)"
                    " VALUES (gen_random_uuid(), :user, :token, '', now() + CAST(:life AS interval)"
                    ")"
                ),
                {"user": ada, "token": token, "life": life},
            )
    with engine.begin() as connection:
        assert expiry.expire(connection) == 1
    with transaction(admin) as session:
        assert session.scalar(text("SELECT token_hash FROM sessions")) == "new"


def test_a_job_that_runs_already_is_not_run_twice(engine: Engine) -> None:
    jobs = Jobs(engine)
    answers: list[str] = []

    def outer(_: Connection) -> int:
        answers.append(jobs.run("a job", inner))
        answers.append(jobs.run("another job", inner))
        return 1

    def inner(_: Connection) -> int:
        return 0

    answers.append(jobs.run("a job", outer))
    assert answers == ["runs_elsewhere", "done", "done"]
