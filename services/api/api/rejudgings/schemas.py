"""What is sent and shown about rejudgings."""

from __future__ import annotations

from typing import Final

from marshmallow import fields

from api.rejudgings.filters import REJECTED, Filter
from api.rejudgings.service import NewRejudging
from api.web.schemas import InputSchema, OutputSchema, PageQuery
from api.web.validators import length, matches, one_of
from contracts.verdicts import JUDGEMENT_VERDICTS

APPLY: Final = ("auto", "manual")
OUTCOMES: Final = ("changed", "same", "judge_error", "outdated", "pending")
VERDICTS: Final = (*sorted(verdict.value for verdict in JUDGEMENT_VERDICTS), REJECTED)


class RejudgingFilterSchema(InputSchema):
    """Which submissions; everything that is given has to hold, and something has to be given."""

    makes = Filter

    submission = fields.UUID(load_default=None, allow_none=True)
    problem = fields.String(
        load_default=None,
        allow_none=True,
        validate=length(1, 64),
        metadata={"description": "The problem's slug."},
    )
    contest = fields.String(load_default=None, allow_none=True, validate=length(1, 64))
    language = fields.String(load_default=None, allow_none=True, validate=length(1, 32))
    user = fields.String(load_default=None, allow_none=True, validate=length(1, 64))
    verdict = fields.String(
        load_default=None,
        allow_none=True,
        validate=one_of(*VERDICTS),
        metadata={"description": "A verdict, or rejected: any but AC."},
    )
    since = fields.AwareDateTime(
        load_default=None,
        allow_none=True,
        data_key="from",
        metadata={"description": "Sent at this time or later."},
    )
    until = fields.AwareDateTime(
        load_default=None, allow_none=True, metadata={"description": "Sent before this time."}
    )


class RejudgingInputSchema(InputSchema):
    """What is to be judged again, why, and whether it then counts by itself."""

    makes = NewRejudging

    reason = fields.String(
        required=True, validate=[length(1, 500), matches(r"(?s)\s*\S.*", "field_empty")]
    )
    filter = fields.Nested(RejudgingFilterSchema, required=True)
    apply = fields.String(load_default="manual", validate=one_of(*APPLY))


class RejudgingPreviewInputSchema(InputSchema):
    """A filter to try."""

    filter = fields.Nested(RejudgingFilterSchema, required=True)


class VerdictCountSchema(OutputSchema):
    """How many submissions have a verdict now."""

    verdict = fields.String(
        required=True, allow_none=True, metadata={"description": "Null: not judged yet."}
    )
    count = fields.Integer(required=True)


class RejudgingPreviewSchema(OutputSchema):
    """What a filter means."""

    submissions = fields.Integer(required=True)
    taken = fields.Integer(
        required=True, metadata={"description": "More that match, but are in an open rejudging."}
    )
    problems = fields.List(fields.String(), required=True)
    verdicts = fields.List(fields.Nested(VerdictCountSchema), required=True)


class RejudgingCountsSchema(OutputSchema):
    """How far it is and what it would change."""

    submissions = fields.Integer(required=True)
    queued = fields.Integer(required=True)
    running = fields.Integer(required=True)
    finished = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    judge_errors = fields.Integer(
        required=True, metadata={"description": "They keep the verdict that they had."}
    )
    outdated = fields.Integer(
        required=True,
        metadata={"description": "Left out: another judgement counted when it was applied."},
    )


class RejudgingItemSchema(OutputSchema):
    """A rejudging in a list."""

    id = fields.UUID(required=True)
    state = fields.String(
        required=True, metadata={"description": "judging, ready, applied or cancelled."}
    )
    reason = fields.String(required=True)
    filter = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    apply = fields.String(required=True)
    author = fields.String(required=True, allow_none=True)
    closed_by = fields.String(
        required=True, allow_none=True, metadata={"description": "Null: open, or by itself."}
    )
    created_at = fields.AwareDateTime(required=True)
    applied_at = fields.AwareDateTime(required=True, allow_none=True)
    cancelled_at = fields.AwareDateTime(required=True, allow_none=True)
    counts = fields.Nested(RejudgingCountsSchema, required=True)


class TransitionSchema(OutputSchema):
    """How many submissions go from one verdict to another."""

    old = fields.String(required=True, allow_none=True)
    new = fields.String(required=True)
    count = fields.Integer(required=True)


class RejudgingSchema(RejudgingItemSchema):
    """A rejudging with how often which verdict became which."""

    transitions = fields.List(fields.Nested(TransitionSchema), required=True)


class ChangeQuery(PageQuery):
    """Which of the changes."""

    outcome = fields.String(load_default=None, validate=one_of(*OUTCOMES))


class RejudgingChangeSchema(OutputSchema):
    """What becomes of one submission."""

    submission = fields.UUID(required=True)
    problem = fields.String(required=True)
    user = fields.String(required=True)
    language = fields.String(required=True)
    submitted_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)
    outcome = fields.String(required=True, metadata={"description": " ".join(OUTCOMES)})
    old_verdict = fields.String(required=True, allow_none=True)
    new_verdict = fields.String(required=True, allow_none=True)
    old_points = fields.Float(required=True, allow_none=True)
    new_points = fields.Float(required=True, allow_none=True)
    old_cpu_time_ms = fields.Integer(required=True, allow_none=True)
    new_cpu_time_ms = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True, metadata={"description": "Why JE."})
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
