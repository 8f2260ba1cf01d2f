from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import ANY
from uuid import UUID

import pytest
from sqlalchemy import func, select

from api.app import create_app
from api.broker import FakeBroker
from api.problems.testing import add_problem, offer_languages
from api.resources import Resources
from api.testing import Cast, Client, make_user, sign_in
from contracts.messages import RunPlayground
from database.engine import SessionFactory, transaction
from database.models import PlaygroundCase, PlaygroundRun

pytestmark = pytest.mark.database

BODY: dict[str, Any] = {"language": "cpp", "source": "int main() {}", "stdin": "1 2\n"}


@pytest.fixture(autouse=True)
def ground(sessions: SessionFactory, anything: SessionFactory) -> None:
    offer_languages(anything)
    add_problem(sessions, "sums")


def run(client: Client, **changes: object) -> str:
    answer = client.post("/playground-runs", {**BODY, **changes})
    assert answer.status_code == 202, answer.json
    assert answer.json is not None
    identity: str = answer.json["id"]
    return identity


def row(sessions: SessionFactory) -> PlaygroundRun:
    with transaction(sessions) as db:
        return db.scalars(select(PlaygroundRun)).one()


def test_a_run_on_own_input_is_taken(
    cast: Cast, sessions: SessionFactory, broker: FakeBroker
) -> None:
    identity = run(cast.ada)
    written = row(sessions)
    assert (str(written.id), written.stdin, written.problem_id) == (identity, b"1 2\n", None)
    assert broker.sent == [RunPlayground(playground_run_id=identity, trace_id=ANY)]


def test_a_run_on_samples_has_no_input_of_its_own(cast: Cast, sessions: SessionFactory) -> None:
    run(cast.ada, stdin=None, problem="sums")
    written = row(sessions)
    assert (written.stdin, written.problem_id is None) == (None, False)


def test_without_input_and_problem_the_input_is_empty(cast: Cast, sessions: SessionFactory) -> None:
    run(cast.ada, stdin=None)
    assert row(sessions).stdin == b""


def test_what_it_printed_is_shown(cast: Cast, anything: SessionFactory) -> None:
    identity = run(cast.ada)
    with transaction(anything) as db:
        written = db.get_one(PlaygroundRun, UUID(identity))
        written.state, written.verdict = "finished", "AC"
        for ordinal in (2, 1):
            db.add(
                PlaygroundCase(
                    playground_run_id=written.id,
                    ordinal=ordinal,
                    verdict="AC",
                    stdout=f"out {ordinal}\xff".encode("latin-1"),
                    stderr=b"err",
                    cpu_time_ms=1,
                    wall_time_ms=2,
                    memory_kib=3,
                    exit_code=0,
                )
            )
    shown = cast.ada.get(f"/playground-runs/{identity}").json
    assert shown is not None
    assert (shown["state"], shown["verdict"]) == ("finished", "AC")
    assert (shown["stdout"], shown["stderr"]) == ("out 1\N{REPLACEMENT CHARACTER}", "err")
    assert [case["ordinal"] for case in shown["runs"]] == [1, 2]


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("bela", 404), ("admin", 404), ("visitor", 401)]
)
def test_a_run_is_its_owners_only(cast: Cast, who: str, status: int) -> None:
    identity = run(cast.ada)
    assert cast.everybody[who].get(f"/playground-runs/{identity}").status_code == status


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": ""}, "source_empty"),
        ({"source": "\0"}, "source_has_nul"),
        ({"source": "x" * 262_145}, "source_too_long"),
        ({"language": "java"}, "language_unavailable"),
        ({"language": "klingon"}, "language_unknown"),
        ({"problem": "nothing"}, "problem_not_found"),
        ({"problem": "hidden"}, "problem_not_found"),
        ({"problem": "empty", "stdin": None}, "problem_has_no_samples"),
        ({"stdin": "x" * 262_145}, "stdin_too_long"),
        ({"colour": "red"}, "validation_failed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    cast: Cast, sessions: SessionFactory, change: dict[str, Any], code: str
) -> None:
    add_problem(sessions, "hidden", visibility="draft")
    add_problem(sessions, "empty", with_data=False)
    answer = cast.ada.post("/playground-runs", {**BODY, **change})
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["error"]["code"] == code
    with transaction(sessions) as db:
        assert db.scalar(select(func.count()).select_from(PlaygroundRun)) == 0


def test_input_may_hold_any_byte_of_unicode(cast: Cast, sessions: SessionFactory) -> None:
    run(cast.ada, stdin="\0 한")
    assert row(sessions).stdin == "\0 한".encode()


def test_too_many_runs_are_turned_away(resources: Resources, sessions: SessionFactory) -> None:
    settings = replace(resources.settings, playground_rate="1/hour")
    app = create_app(resources=replace(resources, settings=settings))
    client = sign_in(app, sessions, resources.clock, make_user(sessions))
    answers = [client.post("/playground-runs", BODY).status_code for _ in range(2)]
    assert answers == [202, 429]
