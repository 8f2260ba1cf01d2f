"""Taking a submission: check, write in one transaction, ring. Waits for no judging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.actor import Actor, Person
from api.errors import Faults, Forbidden, NotAuthenticated
from api.languages import service as languages
from api.languages.store import LanguageChoice
from api.problems.policy import may_see
from api.resources import Resources
from api.submissions import policy, store
from api.submissions.program import File, Sent, raise_precisely, read_program, usual_name
from contracts.messages import GradeJudgement
from contracts.queues import Lane
from contracts.verdicts import State
from database.base import new_id
from database.engine import transaction


@dataclass(frozen=True)
class Request:
    """What was sent, and with what around it."""

    problem: str
    program: Sent
    language: str | None = None
    contest: str | None = None
    ip_address: str = ""
    locale: str = "ko"
    trace_id: str = ""


def submit(resources: Resources, actor: Actor, request: Request) -> dict[str, Any]:
    """Take a program and return the submission as its sender sees it now.

    Raises:
        Unprocessable: something about the program; nothing was written.
        Forbidden: `email_not_verified`.
        RateLimited: too many in too short a time.

    """
    person = _sender(resources, actor)
    with transaction(resources.sessions) as db:
        checked = _check(db, actor, request)
        new = _new(resources, person, request, checked)
        store.insert(db, new)
    resources.broker.send(
        GradeJudgement(
            judgement_id=str(new.judgement_id),
            lane=Lane(new.lane),
            trace_id=request.trace_id,
        )
    )
    return _present(new, checked.target, person)


def _sender(resources: Resources, actor: Actor) -> Person:
    settings, person = resources.settings, actor.person
    if person is None:
        raise NotAuthenticated
    if not policy.may_write(person, resources.clock.now(), settings.email_verification_grace_hours):
        raise Forbidden("email_not_verified")
    if not policy.is_exempt_from_rate(person):
        resources.rate_limits.use("submission", settings.submission_rate, str(person.id))
    return person


@dataclass(frozen=True)
class _Checked:
    """A request with nothing wrong about it."""

    target: store.Target
    data_set_id: UUID
    language: LanguageChoice
    files: list[File]


def _check(db: Session, actor: Actor, request: Request) -> _Checked:
    faults = Faults()
    target = store.target(db, request.problem, request.locale)
    if request.contest is not None:
        faults.add("contest", "contest_not_found")
    if target is None or not may_see(actor, target.access):
        faults.add("problem", "problem_not_found")
        raise_precisely(faults)
        raise AssertionError
    if target.data_set_id is None:
        faults.add("problem", "problem_not_ready")
    files = read_program(request.program, target.source_limit_bytes, faults)
    # Of several files the first one tells the language, unless it is said.
    wanted = languages.Wanted(request.language, files[0].name if files else None)
    language = languages.choose(db, wanted, target.languages, faults)
    raise_precisely(faults)
    if language is None or target.data_set_id is None:
        # A fault was noted for either, and has been raised.
        raise AssertionError
    return _Checked(target, target.data_set_id, language, files)


def _new(
    resources: Resources, person: Person, request: Request, checked: _Checked
) -> store.NewSubmission:
    language, files = checked.language, checked.files
    usual = usual_name(language.id, language.extensions)
    return store.NewSubmission(
        id=new_id(),
        judgement_id=new_id(),
        user_id=person.id,
        problem_id=checked.target.id,
        data_set_id=checked.data_set_id,
        language_id=language.id,
        entry_point=request.program.entry_point,
        source_bytes=sum(len(file.content) for file in files),
        ip_address=request.ip_address,
        lane=Lane.PRACTICE.value,
        submitted_at=resources.clock.now(),
        names=[file.name or usual for file in files],
        contents=[file.content for file in files],
    )


def _present(new: store.NewSubmission, target: store.Target, person: Person) -> dict[str, Any]:
    nothing_yet = ("verdict", "points", "max_points", "cpu_time_ms", "memory_kib", "finished_at")
    return {
        **dict.fromkeys(nothing_yet),
        "id": new.id,
        "problem": target.slug,
        "problem_title": target.title,
        "problem_number": target.number,
        "language": new.language_id,
        "user": person.username,
        "contest": None,
        "state": State.QUEUED.value,
        "source_bytes": new.source_bytes,
        "test_case_count": target.test_case_count,
        "submitted_at": new.submitted_at,
        "compile_output": "",
        "runs": [],
    }
