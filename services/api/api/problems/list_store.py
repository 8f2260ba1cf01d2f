"""The list of problems: one statement for the page and one for the count, whatever is asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Double,
    Select,
    Text,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Session

from api.pagination import PageRequest
from api.problems.listing import DIFFICULTIES, Filters, ProblemItem, Reader, Sort
from database.models import Judgement, Problem, ProblemStatement, ProblemStatistics, Submission


def find(
    db: Session, filters: Filters, reader: Reader, page: PageRequest
) -> tuple[list[ProblemItem], int]:
    """Return one row more than the page holds, and how many there are in all."""
    mine, title = _mine(reader), _title(reader.locale)
    value, kind = _sort_value(filters.sort, title)
    conditions = _conditions(filters, reader, mine)
    query = _joined(
        select(
            Problem.id,
            Problem.slug,
            Problem.number,
            title.label("title"),
            Problem.difficulty,
            Problem.tags,
            Problem.visibility,
            func.coalesce(ProblemStatistics.submissions, 0),
            func.coalesce(ProblemStatistics.accepted, 0),
            func.coalesce(ProblemStatistics.solvers, 0),
            case((mine.c.solved, "solved"), (mine.c.solved.is_not(None), "tried")),
            value.label("sort_key"),
        ),
        mine,
    ).where(*conditions)
    total = db.scalar(_joined(select(func.count()).select_from(Problem), mine).where(*conditions))
    rows = db.execute(_page(query, value, kind, filters.sort, page))
    return [ProblemItem(*row) for row in rows], total or 0


def _joined(query: Select[*tuple[Any, ...]], mine: CTE) -> Select[*tuple[Any, ...]]:
    return query.outerjoin(ProblemStatistics, ProblemStatistics.problem_id == Problem.id).outerjoin(
        mine, mine.c.problem_id == Problem.id
    )


def _mine(reader: Reader) -> CTE:
    """What the reader has sent, by problem: read once, joined to the list."""
    return (
        select(
            Submission.problem_id,
            func.coalesce(func.bool_or(Judgement.verdict == "AC"), false()).label("solved"),
        )
        .join(Judgement, (Judgement.submission_id == Submission.id) & Judgement.valid)
        .where(Submission.user_id == reader.user_id, Submission.is_jury.is_(False))
        .group_by(Submission.problem_id)
        .cte("mine")
    )


def _title(locale: str) -> ColumnElement[str]:
    """Return the title in the reader's language, else in English, else in any."""
    return func.coalesce(
        select(ProblemStatement.title)
        .where(ProblemStatement.problem_id == Problem.id)
        .order_by(
            (ProblemStatement.locale == locale).desc(),
            (ProblemStatement.locale == "en").desc(),
            ProblemStatement.locale,
        )
        .limit(1)
        .correlate(Problem)
        .scalar_subquery(),
        Problem.slug,
    )


def _conditions(filters: Filters, reader: Reader, mine: CTE) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if not reader.sees_everything:
        conditions.append(
            or_(Problem.visibility == "public", Problem.author_id == reader.user_id)
            if reader.user_id
            else Problem.visibility == "public"
        )
    if filters.q:
        conditions.append(_matches(filters.q.strip()))
    if filters.tag:
        conditions.append(Problem.tags.bool_op("@>")(cast([filters.tag], ARRAY(Text))))
    if filters.difficulty:
        conditions.append(Problem.difficulty == filters.difficulty)
    if filters.status == "solved":
        conditions.append(mine.c.solved.is_(True))
    elif filters.status == "tried":
        conditions.append(mine.c.solved.is_(False))
    elif filters.status == "unsolved":
        conditions.append(mine.c.solved.is_distinct_from(true()))
    return conditions


def _matches(words: str) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [
        Problem.slug.icontains(words, autoescape=True),
        exists(true())
        .where(
            ProblemStatement.problem_id == Problem.id,
            ProblemStatement.title.icontains(words, autoescape=True),
        )
        .correlate(Problem),
    ]
    if words.isascii() and words.isdecimal() and len(words) < 9:  # noqa: PLR2004 - an int4
        found.append(Problem.number == int(words))
    return or_(*found)


def _sort_value(sort: str, title: ColumnElement[str]) -> tuple[ColumnElement[Any], type]:
    match Sort(sort.removeprefix("-")):
        case Sort.NUMBER | Sort.NEWEST:
            return Problem.number.expression, int
        case Sort.TITLE:
            return func.lower(title), str
        case Sort.DIFFICULTY:
            ranks = {name: rank for rank, name in enumerate(DIFFICULTIES)}
            return case(ranks, value=Problem.difficulty), int
        case Sort.ACCEPTANCE:
            judged = func.nullif(func.coalesce(ProblemStatistics.submissions, 0), 0)
            share = cast(ProblemStatistics.accepted, Double) / judged
            return func.coalesce(share, 0.0), float


def _page(
    query: Select[*tuple[Any, ...]],
    value: ColumnElement[Any],
    kind: type,
    sort: str,
    page: PageRequest,
) -> Select[*tuple[Any, ...]]:
    # The newest problem has the highest number.
    descending = sort.startswith("-") != (sort.removeprefix("-") == Sort.NEWEST)
    keys = (value, Problem.number)
    after = page.after(kind, int)
    if after is not None:
        place, mark = tuple_(*keys), tuple_(*(literal(part) for part in after))
        query = query.where(place < mark if descending else place > mark)
    return query.order_by(*(key.desc() if descending else key.asc() for key in keys)).limit(
        page.limit + 1
    )
