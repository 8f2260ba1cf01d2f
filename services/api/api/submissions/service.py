"""Showing submissions, each reader as much as policy says."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from api.actor import Actor
from api.errors import Forbidden, NotFound, Unprocessable
from api.pagination import Page, PageRequest, cut
from api.problems.policy import ProblemAccess
from api.resources import Resources
from api.submissions import store
from api.submissions.policy import Sight, SubmissionAccess, sight_of
from contracts.verdicts import State
from database.engine import transaction


def show(resources: Resources, actor: Actor, submission_id: UUID, locale: str) -> dict[str, Any]:
    """Show one submission with its runs, as far as this reader may see them."""
    with transaction(resources.sessions) as db:
        row, sight = _require(db, actor, submission_id, locale)
        shown = _outline(row)
        shown["queue_position"] = _queue_position(db, row)
        if sight >= Sight.OWN:
            shown["compile_output"] = row["compile_output"]
            shown["runs"] = _runs(db, row, sight)
        if sight is Sight.EVERYTHING:
            shown["reason"] = row["reason"]
        return shown


def _require(
    db: Session, actor: Actor, submission_id: UUID, locale: str
) -> tuple[RowMapping, Sight]:
    row = store.one(db, submission_id, locale)
    sight = sight_of(actor, _access(row)) if row is not None else Sight.NOTHING
    if row is None or sight is Sight.NOTHING:
        raise NotFound
    return row, sight


def _access(row: RowMapping) -> SubmissionAccess:
    problem = ProblemAccess(row["author_id"], row["is_public"])
    return SubmissionAccess(row["user_id"], problem, by_jury=row["is_jury"])


def _outline(row: RowMapping) -> dict[str, Any]:
    return {
        **row,
        "contest": None,
        "queue_position": None,
        "compile_output": "",
        "reason": None,
        "runs": [],
    }


def _queue_position(db: Session, row: RowMapping) -> int | None:
    if row["state"] != State.QUEUED:
        return None
    return store.queue_position(db, row["lane"], row["judgement_id"])


def _runs(db: Session, row: RowMapping, sight: Sight) -> list[dict[str, Any]]:
    # Before the first run there is nothing to read, which is when pages poll most.
    if row["state"] in (State.QUEUED, State.COMPILING):
        return []
    return [present_run(run, sight) for run in store.runs(db, row["judgement_id"])]


def present_run(run: RowMapping | dict[str, Any], sight: Sight) -> dict[str, Any]:
    """Return a run as a reader may see it: secret cases keep their names and details.

    A name such as `03-all-equal` is a hint, and an exit code or a checker's message could carry
    the input out, a byte at a time.
    """
    in_full = run["is_sample"] or sight is Sight.EVERYTHING
    return {
        "ordinal": run["ordinal"],
        "test_case": run["name"] if in_full else str(run["ordinal"]),
        "group": run["group_name"],
        "sample": run["is_sample"],
        "verdict": run["verdict"],
        "cpu_time_ms": run["cpu_time_ms"],
        "wall_time_ms": run["wall_time_ms"],
        "memory_kib": run["memory_kib"],
        "points": run["points"],
        "exit_code": run["exit_code"] if in_full else None,
        "signal": run["signal"],
        "message": run["message"] if in_full else "",
    }


def source(resources: Resources, actor: Actor, submission_id: UUID) -> dict[str, Any]:
    """Show the program: to its sender and the problem's jury."""
    with transaction(resources.sessions) as db:
        row, sight = _require(db, actor, submission_id, "en")
        if sight < Sight.OWN:
            raise Forbidden
        files = [(file["name"], bytes(file["content"])) for file in store.files(db, submission_id)]
    return {
        "id": row["id"],
        "language": row["language"],
        "entry_point": row["entry_point"],
        "source": files[0][1].decode("utf-8", "replace"),
        "filename": files[0][0],
        "files": [
            {"name": name, "content_base64": base64.b64encode(content).decode()}
            for name, content in files
        ],
    }


def find(
    resources: Resources, filters: store.Filters, page: PageRequest
) -> Page[RowMapping | dict[str, Any]]:
    """List submissions, the newest first."""
    after = page.after(str)
    before = _as_id(after[0]) if after else None
    with transaction(resources.sessions) as db:
        rows = store.find(db, filters, before, page.limit)
        total = store.count(db, filters)
    items = [{**row, "contest": None} for row in rows]
    return cut(items, page.limit, lambda item: (str(item["id"]),), total)


def _as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unprocessable.field("cursor", "cursor_invalid") from None
