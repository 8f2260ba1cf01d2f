"""Playground runs: asking for one, and showing it to who asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from api.actor import Actor, Person
from api.errors import Faults, Forbidden, NotAuthenticated, NotFound
from api.languages import service as languages
from api.languages.store import LanguageChoice
from api.playground import policy, store
from api.problems.policy import may_see
from api.resources import Resources
from api.submissions.policy import is_exempt_from_rate, may_write
from api.submissions.program import File, Sent, raise_precisely, read_program
from contracts.messages import RunPlayground
from contracts.verdicts import State
from database.base import new_id
from database.engine import transaction

DEFAULT_SOURCE_LIMIT_BYTES: Final = 256 * 1024
MAX_STDIN_BYTES: Final = 256 * 1024


@dataclass(frozen=True)
class Request:
    """What was sent: own input, or a problem whose samples are the inputs."""

    source: str | None
    language: str | None = None
    filename: str | None = None
    stdin: str | None = None
    problem: str | None = None
    trace_id: str = ""


def run(resources: Resources, actor: Actor, request: Request) -> dict[str, Any]:
    """Take a playground run and return it as it is now. Waits for no judge."""
    person = _sender(resources, actor)
    with transaction(resources.sessions) as db:
        problem, language, file = _check(db, actor, request)
        new = store.NewRun(
            id=new_id(),
            user_id=person.id,
            problem_id=problem.id if problem else None,
            language_id=language.id,
            filename=file.name,
            source=file.content,
            stdin=_stdin(request),
            created_at=resources.clock.now(),
        )
        store.insert(db, new)
    resources.broker.send(RunPlayground(playground_run_id=str(new.id), trace_id=request.trace_id))
    return {
        **dict.fromkeys(("verdict", "finished_at")),
        "id": new.id,
        "language": language.id,
        "problem": request.problem,
        "state": State.QUEUED.value,
        "created_at": new.created_at,
        "compile_output": "",
        "stdout": "",
        "stderr": "",
        "runs": [],
    }


def _sender(resources: Resources, actor: Actor) -> Person:
    settings, person = resources.settings, actor.person
    if person is None:
        raise NotAuthenticated
    if not may_write(person, resources.clock.now(), settings.email_verification_grace_hours):
        raise Forbidden("email_not_verified")
    if not is_exempt_from_rate(person):
        resources.rate_limits.use("playground", settings.playground_rate, str(person.id))
    return person


def _stdin(request: Request) -> bytes | None:
    if request.stdin is not None:
        return request.stdin.encode()
    return None if request.problem else b""


def _check(
    db: Session, actor: Actor, request: Request
) -> tuple[store.PlaygroundProblem | None, LanguageChoice, File]:
    faults = Faults()
    problem = _problem(db, actor, request, faults)
    limit = problem.source_limit_bytes if problem else DEFAULT_SOURCE_LIMIT_BYTES
    files = read_program(Sent(request.source, request.filename), limit, faults)
    if request.stdin is not None and len(request.stdin.encode()) > MAX_STDIN_BYTES:
        faults.add("stdin", "stdin_too_long", limit=MAX_STDIN_BYTES)
    wanted = languages.Wanted(request.language, request.filename)
    language = languages.choose(db, wanted, problem.languages if problem else None, faults)
    raise_precisely(faults)
    if language is None:
        raise AssertionError
    return problem, language, files[0]


def _problem(
    db: Session, actor: Actor, request: Request, faults: Faults
) -> store.PlaygroundProblem | None:
    if request.problem is None:
        return None
    problem = store.problem(db, request.problem)
    if problem is None or not may_see(actor, problem.access):
        faults.add("problem", "problem_not_found")
        return None
    if request.stdin is None and not problem.has_samples:
        faults.add("problem", "problem_has_no_samples")
    return problem


def show(resources: Resources, actor: Actor, run_id: UUID) -> dict[str, Any]:
    """Show a playground run to who asked for it."""
    with transaction(resources.sessions) as db:
        row = store.one(db, run_id)
        if row is None or not policy.may_see(actor, row["user_id"]):
            raise NotFound
        cases = [_present(case) for case in store.cases(db, run_id)]
    first = cases[0] if cases else {"stdout": "", "stderr": ""}
    return {**row, "stdout": first["stdout"], "stderr": first["stderr"], "runs": cases}


def _present(case: RowMapping) -> dict[str, Any]:
    return {
        **case,
        "test_case": str(case["ordinal"]),
        "stdout": bytes(case["stdout"]).decode("utf-8", "replace"),
        "stderr": bytes(case["stderr"]).decode("utf-8", "replace"),
    }
