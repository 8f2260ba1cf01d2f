from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from api.actor import Scope
from api.app import create_app
from api.broker import FakeBroker
from api.clock import FakeClock
from api.problems.testing import add_problem, offer_languages
from api.resources import Resources
from api.settings import Role
from api.submissions.testing import BODY
from api.testing import Cast, Client, make_user, sign_in, visitor, with_token
from contracts.messages import GradeJudgement
from contracts.queues import Lane
from database.engine import SessionFactory, transaction
from database.models import Judgement, Submission, SubmissionFile

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def ground(sessions: SessionFactory, anything: SessionFactory) -> None:
    offer_languages(anything)
    add_problem(sessions, "sums", titles={"en": "Sums", "ko": "합"})


def written(sessions: SessionFactory) -> tuple[int, int, int]:
    with transaction(sessions) as db:
        submissions, files, judgements = (
            db.scalar(select(func.count()).select_from(model)) or 0
            for model in (Submission, SubmissionFile, Judgement)
        )
    return submissions, files, judgements


def encoded(text: str | bytes) -> str:
    content = text.encode() if isinstance(text, str) else text
    return base64.b64encode(content).decode()


def test_a_submission_is_taken_before_anything_is_judged(
    cast: Cast, sessions: SessionFactory, broker: FakeBroker
) -> None:
    answer = cast.ada.post("/submissions", BODY, headers={"X-Request-ID": "trace-1234"})
    assert answer.status_code == 202
    shown = answer.json
    assert shown is not None
    assert (shown["state"], shown["verdict"], shown["runs"]) == ("queued", None, [])
    assert (shown["problem"], shown["problem_title"]) == ("sums", "Sums")
    assert (shown["user"], shown["language"], shown["contest"]) == ("ada", "cpp", None)
    assert (shown["test_case_count"], shown["source_bytes"]) == (2, len(BODY["source"]))
    with transaction(sessions) as db:
        judgement = db.scalars(select(Judgement)).one()
        file = db.scalars(select(SubmissionFile)).one()
    assert (str(judgement.submission_id), judgement.valid) == (shown["id"], True)
    assert (file.name, file.content) == ("main.cpp", b"int main() {}")
    assert broker.sent == [
        GradeJudgement(judgement_id=str(judgement.id), lane=Lane.PRACTICE, trace_id="trace-1234")
    ]


def test_a_dead_broker_loses_nothing(
    cast: Cast, sessions: SessionFactory, broker: FakeBroker
) -> None:
    broker.ill = True
    assert cast.ada.post("/submissions", BODY).status_code == 202
    assert written(sessions) == (1, 1, 1)


@pytest.mark.parametrize(
    ("filename", "language"),
    [("a.cc", "cpp"), ("Solution.py", "python3"), ("x.tar.cpp", "cpp")],
)
def test_without_a_language_the_files_name_decides(
    cast: Cast, filename: str, language: str
) -> None:
    body = {"problem": "sums", "source": "x", "filename": filename}
    answer = cast.ada.post("/submissions", body)
    assert answer.json is not None
    assert answer.json["language"] == language


def test_a_language_that_is_said_wins_over_the_files_name(cast: Cast) -> None:
    body = {**BODY, "language": "pypy3", "filename": "a.py"}
    assert cast.ada.post("/submissions", body).json["language"] == "pypy3"  # type: ignore[index]


def test_a_program_may_have_several_files(cast: Cast, sessions: SessionFactory) -> None:
    body = {
        "problem": "sums",
        "language": "python3",
        "files": [
            {"name": "main.py", "content_base64": encoded("import help")},
            {"name": "help.py", "content_base64": encoded("x = 1")},
        ],
        "entry_point": "main.py",
    }
    assert cast.ada.post("/submissions", body).status_code == 202
    with transaction(sessions) as db:
        files = db.scalars(select(SubmissionFile).order_by(SubmissionFile.ordinal)).all()
        submission = db.scalars(select(Submission)).one()
    assert [(file.name, file.content) for file in files] == [
        ("main.py", b"import help"),
        ("help.py", b"x = 1"),
    ]
    assert (submission.entry_point, submission.source_bytes) == ("main.py", 16)


Change = Callable[[dict[str, Any]], dict[str, Any]]


def with_files(*files: tuple[str, str]) -> dict[str, Any]:
    listed = [{"name": name, "content_base64": content} for name, content in files]
    return {"problem": "sums", "language": "cpp", "files": listed}


@pytest.mark.parametrize(
    ("body", "code", "fields"),
    [
        ({**BODY, "colour": "red"}, "validation_failed", ["colour"]),
        ({**BODY, "source": 5}, "validation_failed", ["source"]),
        ({**BODY, "problem": None}, "validation_failed", ["problem"]),
        ({"source": "x"}, "validation_failed", ["problem"]),
        ({**BODY, "source": "x" * 262_145}, "source_too_long", ["source"]),
        ({**BODY, "source": ""}, "source_empty", ["source"]),
        ({**BODY, "source": " \n\t "}, "source_empty", ["source"]),
        ({**BODY, "source": "int\0main"}, "source_has_nul", ["source"]),
        ({**BODY, "source": None}, "source_missing", ["source"]),
        ({**BODY, "problem": "nothing"}, "problem_not_found", ["problem"]),
        ({**BODY, "problem": "hidden"}, "problem_not_found", ["problem"]),
        ({**BODY, "problem": "empty"}, "problem_not_ready", ["problem"]),
        ({**BODY, "language": "java"}, "language_unavailable", ["language"]),
        ({**BODY, "language": "rust"}, "language_unavailable", ["language"]),
        ({**BODY, "language": "klingon"}, "language_unknown", ["language"]),
        ({**BODY, "language": None}, "language_missing", ["language"]),
        ({**BODY, "language": None, "filename": "a.rs"}, "language_unavailable", ["language"]),
        ({**BODY, "language": None, "filename": "a.xyz"}, "language_unknown", ["language"]),
        ({**BODY, "problem": "only-python"}, "language_not_allowed", ["language"]),
        ({**BODY, "contest": "finals"}, "contest_not_found", ["contest"]),
        ({**BODY, "filename": "../a.cpp"}, "filename_invalid", ["filename"]),
        ({**BODY, "filename": "a\0.cpp"}, "filename_invalid", ["filename"]),
        ({**BODY, "entry_point": "; rm -rf"}, "filename_invalid", ["entry_point"]),
        ({**BODY, "files": []}, "validation_failed", ["files"]),
        (with_files(("a.cpp", "!!!")), "content_not_base64", ["files.0.content_base64"]),
        (with_files(("../a.cpp", encoded("x"))), "filename_invalid", ["files.0.name"]),
        (
            with_files(("a.cpp", encoded("x")), ("A.cpp", encoded("x"))),
            "filename_twice",
            ["files.1.name"],
        ),
        (
            with_files(("a.cpp", encoded("x" * 200_000)), ("b.cpp", encoded("x" * 100_000))),
            "source_too_long",
            ["files"],
        ),
        ({**BODY, **with_files(("a.cpp", encoded("x")))}, "source_twice", ["files"]),
        (
            {"problem": "sums", "language": "klingon", "source": ""},
            "validation_failed",
            ["source", "language"],
        ),
    ],
)
def test_what_is_wrong_is_said_precisely_and_nothing_is_written(
    cast: Cast,
    sessions: SessionFactory,
    broker: FakeBroker,
    body: dict[str, Any],
    code: str,
    fields: list[str],
) -> None:
    add_problem(sessions, "hidden", visibility="draft")
    add_problem(sessions, "empty", with_data=False)
    add_problem(sessions, "only-python", languages=["python3"])
    for language in ("en", "ko"):
        answer = cast.ada.post("/submissions", body, headers={"Accept-Language": language})
        assert answer.status_code == 422
        assert answer.json is not None
        error = answer.json["error"]
        assert (error["code"], list(error["fields"])) == (code, fields)
        assert "{" not in error["message"]
    assert any("가" <= letter <= "힣" for letter in error["message"])
    assert written(sessions) == (0, 0, 0)
    assert broker.sent == []


@pytest.mark.parametrize(
    ("data", "kind", "status", "code"),
    [
        (
            '{"problem": "sums", "source": "\\ud800"}',
            "application/json",
            422,
            "validation_failed",
        ),
        ("{", "application/json", 400, "malformed_json"),
        ("[]", "application/json", 422, "validation_failed"),
        ("a=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        ("[" * 100_000, "application/json", 400, "malformed_json"),
        ("x" * (1 << 20) + "x", "application/json", 413, "body_too_large"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    cast: Cast, data: str, kind: str, status: int, code: str
) -> None:
    answer = cast.ada.post("/submissions", data=data, content_type=kind)
    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["error"]["code"] == code


def test_a_visitor_is_asked_to_sign_in(cast: Cast) -> None:
    answer = cast.visitor.post("/submissions", BODY)
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "not_authenticated")  # type: ignore[index]


def test_an_expired_session_is_told_that_it_is_over(cast: Cast, clock: FakeClock) -> None:
    clock.advance(days=15)
    answer = cast.ada.post("/submissions", BODY)
    assert (answer.status_code, answer.json["error"]["code"]) == (401, "session_expired")  # type: ignore[index]


def test_a_wrong_csrf_token_is_refused(cast: Cast, sessions: SessionFactory) -> None:
    answer = cast.ada.post("/submissions", BODY, headers={"X-CSRF-Token": "wrong"})
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "csrf_failed")  # type: ignore[index]
    assert written(sessions) == (0, 0, 0)


def test_a_token_submits_within_its_scopes(
    app: Flask, cast: Cast, sessions: SessionFactory
) -> None:
    assert cast.ada.user_id is not None
    able = with_token(app, sessions, cast.ada.user_id, Scope.SUBMIT)
    unable = with_token(app, sessions, cast.ada.user_id, Scope.READ)
    assert able.post("/submissions", BODY).status_code == 202
    assert unable.post("/submissions", BODY).status_code == 403


def test_an_address_unproven_for_too_long_stops_submissions(
    app: Flask, sessions: SessionFactory, clock: FakeClock
) -> None:
    user = make_user(sessions, "new", verified=False, created_at=clock.now())
    client = sign_in(app, sessions, clock, user)
    assert client.post("/submissions", BODY).status_code == 202
    clock.advance(hours=25)
    answer = client.post("/submissions", BODY)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "email_not_verified")  # type: ignore[index]


def limited(
    resources: Resources, sessions: SessionFactory, clock: FakeClock, *roles: str
) -> Client:
    settings = replace(resources.settings, submission_rate="2/hour", role=Role.INTAKE)
    app = create_app(resources=replace(resources, settings=settings))
    return sign_in(app, sessions, clock, make_user(sessions, roles=list(roles)))


def test_too_many_submissions_are_turned_away(
    resources: Resources, sessions: SessionFactory, clock: FakeClock
) -> None:
    client = limited(resources, sessions, clock)
    answers = [client.post("/submissions", BODY) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 3600
    assert written(sessions) == (2, 2, 2)


def test_the_jury_is_not_counted(
    resources: Resources, sessions: SessionFactory, clock: FakeClock
) -> None:
    client = limited(resources, sessions, clock, "setter")
    assert {client.post("/submissions", BODY).status_code for _ in range(5)} == {202}


def test_the_intake_takes_and_shows_nothing(resources: Resources) -> None:
    settings = replace(resources.settings, role=Role.INTAKE)
    client = visitor(create_app(resources=replace(resources, settings=settings)))
    assert client.get("/submissions").status_code == 405
    assert client.get("/problems").status_code == 404
    assert client.post("/submissions", BODY).status_code == 401


def test_openapi_describes_the_submission(client: Client) -> None:
    document = client.get("/openapi.json").json
    assert document is not None
    assert document["paths"]["/api/v1/submissions"]["post"]["operationId"] == "submit"
