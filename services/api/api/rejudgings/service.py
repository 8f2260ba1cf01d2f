"""Judging submissions again: asked for, looked at, then applied or cancelled as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from api.actor import Actor
from api.errors import Conflict, Forbidden, NotFound, Unprocessable
from api.pagination import Page, PageRequest, cut
from api.problems.policy import ProblemAccess, is_jury_of, may_see
from api.rejudgings import matching_store, store
from api.rejudgings.filters import Filter
from api.rejudgings.matching_store import Match
from api.rejudgings.policy import only_problems_of
from api.resources import Resources
from api.submissions import store as submissions_store
from contracts.messages import GradeJudgement
from contracts.queues import Lane
from database.base import new_id
from database.engine import transaction
from database.models import Rejudging

AT_MOST: Final = 50_000
"""Submissions of one rejudging; what is written of them in one statement stays a few megabytes."""
DOORBELLS: Final = 32
"""Enough to set every grader to work at once; the sweep rings for the rest within seconds."""

COUNTS: Final = (
    "submissions",
    "queued",
    "running",
    "finished",
    "changed",
    "judge_errors",
    "outdated",
)


@dataclass(frozen=True)
class NewRejudging:
    """What somebody asks for."""

    reason: str
    filter: Filter
    apply: str


def preview(resources: Resources, actor: Actor, wanted: Filter) -> dict[str, Any]:
    """Say what a filter means, without doing anything."""
    with transaction(resources.sessions) as db:
        matches = _matches(db, actor, wanted)
    free = [match for match in matches if not match.is_taken]
    verdicts = Counter(match.verdict for match in free)
    return {
        "submissions": len(free),
        "taken": len(matches) - len(free),
        "problems": sorted({match.problem for match in free}),
        "verdicts": [
            {"verdict": verdict, "count": count} for verdict, count in verdicts.most_common()
        ],
    }


def create(resources: Resources, actor: Actor, new: NewRejudging) -> dict[str, Any]:
    """Add a judgement for every submission that is meant, in one transaction."""
    rejudging_id, now = new_id(), resources.clock.now()
    with transaction(resources.sessions) as db:
        matching_store.one_at_a_time(db)
        matches = _matches(db, actor, new.filter)
        if not matches:
            raise Unprocessable("rejudging_matches_nothing")
        free = [match for match in matches if not match.is_taken]
        if not free:
            raise Conflict("rejudging_overlaps")
        rejudging = Rejudging(
            id=rejudging_id,
            author_id=actor.signed_in().id,
            reason=new.reason.strip(),
            filter=new.filter.as_sent(),
            apply=new.apply,
            problem_ids=sorted({match.problem_id for match in free}),
            submission_count=len(free),
            created_at=now,
        )
        store.add(db, rejudging)
        ids = matching_store.enqueue(db, rejudging_id, free, now)
        shown = _shown(db, actor, rejudging_id)
    for one in ids[:DOORBELLS]:
        resources.broker.send(GradeJudgement(judgement_id=str(one), lane=Lane.REJUDGE))
    return shown


def _matches(db: Session, actor: Actor, wanted: Filter) -> list[Match]:
    if not wanted.given():
        raise Unprocessable.field("filter", "rejudging_filter_empty")
    if wanted.contest is not None:
        # No contests yet: none of the submissions is in one.
        raise Unprocessable.field("filter.contest", "contest_not_found")
    _require_jury(db, actor, wanted)
    matches = matching_store.find(db, wanted, only_problems_of(actor), AT_MOST)
    if len(matches) > AT_MOST:
        raise Unprocessable("rejudging_too_large", most=AT_MOST)
    return matches


def _require_jury(db: Session, actor: Actor, wanted: Filter) -> None:
    """Refuse what is named and somebody else's; everything else is limited to one's own."""
    if wanted.problem is not None:
        problem = submissions_store.target(db, wanted.problem, "en")
        if problem is None or not may_see(actor, problem.access):
            raise Unprocessable.field("filter.problem", "problem_not_found")
        _require_jury_of(actor, problem.access)
    if wanted.submission is not None:
        row = submissions_store.one(db, wanted.submission, "en")
        access = ProblemAccess(row["author_id"], row["is_public"]) if row else None
        if access is None or not may_see(actor, access):
            raise Unprocessable.field("filter.submission", "submission_not_found")
        _require_jury_of(actor, access)


def _require_jury_of(actor: Actor, access: ProblemAccess) -> None:
    if not is_jury_of(actor, access):
        raise Forbidden


def find(resources: Resources, actor: Actor, page: PageRequest) -> Page[dict[str, Any]]:
    """List rejudgings, the newest first."""
    before = _cursor(page)
    with transaction(resources.sessions) as db:
        rows = store.page(db, only_problems_of(actor), before, page.limit)
    items = [_outline(row) for row in rows]
    return cut(items, page.limit, lambda item: (str(item["id"]),))


def show(resources: Resources, actor: Actor, rejudging_id: UUID) -> dict[str, Any]:
    """Show one rejudging with how often which verdict became which."""
    with transaction(resources.sessions) as db:
        return _shown(db, actor, rejudging_id)


def changes(
    resources: Resources, actor: Actor, rejudging_id: UUID, outcome: str | None, page: PageRequest
) -> Page[RowMapping]:
    """List what becomes of each submission."""
    wanted = store.Wanted(outcome=outcome, after=_cursor(page), limit=page.limit)
    with transaction(resources.sessions) as db:
        _require(db, actor, rejudging_id)
        rows = store.changes(db, rejudging_id, wanted)
    return cut(rows, page.limit, lambda row: (str(row["id"]),))


def apply(resources: Resources, actor: Actor, rejudging_id: UUID) -> dict[str, Any]:
    """Make the new verdicts count. Applying what was applied changes nothing."""
    with transaction(resources.sessions) as db:
        _require(db, actor, rejudging_id)
        outcome = store.apply(db, rejudging_id, actor.signed_in().id)
        if outcome == "judging":
            raise Conflict("rejudging_not_finished")
        if outcome == "cancelled":
            raise Conflict("rejudging_cancelled")
        return _shown(db, actor, rejudging_id)


def cancel(resources: Resources, actor: Actor, rejudging_id: UUID) -> dict[str, Any]:
    """Drop a rejudging: what was judged stays to be looked at, the rest is not judged any more."""
    with transaction(resources.sessions) as db:
        _require(db, actor, rejudging_id)
        if store.cancel(db, rejudging_id, actor.signed_in().id) == "applied":
            raise Conflict("rejudging_applied")
        return _shown(db, actor, rejudging_id)


def _require(db: Session, actor: Actor, rejudging_id: UUID) -> RowMapping:
    row = store.one(db, rejudging_id, only_problems_of(actor))
    if row is None:
        raise NotFound
    return row


def _shown(db: Session, actor: Actor, rejudging_id: UUID) -> dict[str, Any]:
    row = _require(db, actor, rejudging_id)
    return {**_outline(row), "transitions": store.transitions(db, rejudging_id)}


def _outline(row: RowMapping) -> dict[str, Any]:
    return {**row, "counts": {name: row[name] for name in COUNTS}}


def _cursor(page: PageRequest) -> UUID | None:
    after = page.after(str)
    if after is None:
        return None
    try:
        return UUID(after[0])
    except ValueError:
        raise Unprocessable.field("cursor", "cursor_invalid") from None
