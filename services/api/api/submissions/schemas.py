"""What is sent and shown about submissions."""

from __future__ import annotations

from marshmallow import fields

from api.submissions.program import MAX_FILES, SentFile
from api.web.schemas import InputSchema, OutputSchema, PageQuery, RawText
from api.web.validators import length, one_of
from contracts.verdicts import JUDGEMENT_VERDICTS, State


class SentFileSchema(InputSchema):
    """One file of a program of several."""

    makes = SentFile

    name = fields.String(required=True)
    content_base64 = fields.String(required=True)


class SubmitSchema(InputSchema):
    """A program: `source`, or `files` with an `entry_point` where the language needs one."""

    problem = fields.String(required=True, validate=length(1, 64))
    language = fields.String(
        load_default=None,
        allow_none=True,
        validate=length(1, 32),
        metadata={"description": "Kattis id; without it the file name's extension decides."},
    )
    source = RawText(load_default=None, allow_none=True)
    filename = RawText(load_default=None, allow_none=True)
    files = fields.List(
        fields.Nested(SentFileSchema),
        load_default=None,
        allow_none=True,
        validate=length(1, MAX_FILES),
    )
    entry_point = RawText(load_default=None, allow_none=True)
    contest = fields.String(load_default=None, allow_none=True)


class SubmissionQuery(PageQuery):
    """Filters of the list."""

    user = fields.String(load_default=None, validate=length(most=64))
    problem = fields.String(load_default=None, validate=length(most=64))
    verdict = fields.String(
        load_default=None, validate=one_of(*sorted(verdict.value for verdict in JUDGEMENT_VERDICTS))
    )
    language = fields.String(load_default=None, validate=length(most=32))
    state = fields.String(load_default=None, validate=one_of(*(state.value for state in State)))
    contest = fields.String(load_default=None, validate=length(most=64))


class SubmissionItemSchema(OutputSchema):
    """A submission in a list."""

    id = fields.UUID(required=True)
    problem = fields.String(required=True, metadata={"description": "The problem's slug."})
    problem_title = fields.String(required=True)
    problem_number = fields.Integer(required=True)
    language = fields.String(required=True)
    user = fields.String(required=True, metadata={"description": "The sender's user name."})
    contest = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    verdict = fields.String(required=True, allow_none=True)
    points = fields.Float(required=True, allow_none=True)
    max_points = fields.Float(required=True, allow_none=True)
    cpu_time_ms = fields.Integer(required=True, allow_none=True)
    memory_kib = fields.Integer(required=True, allow_none=True)
    source_bytes = fields.Integer(required=True)
    test_case_count = fields.Integer(required=True)
    submitted_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)


class RunSchema(OutputSchema):
    """One execution on one test case."""

    ordinal = fields.Integer(required=True)
    test_case = fields.String(required=True)
    group = fields.String(required=True)
    sample = fields.Boolean(required=True)
    verdict = fields.String(required=True)
    cpu_time_ms = fields.Integer(required=True)
    wall_time_ms = fields.Integer(required=True)
    memory_kib = fields.Integer(required=True)
    points = fields.Float(required=True, allow_none=True)
    exit_code = fields.Integer(required=True, allow_none=True)
    signal = fields.Integer(required=True, allow_none=True)
    message = fields.String(required=True)


class SubmissionSchema(SubmissionItemSchema):
    """A submission with what this reader may see of its judging."""

    compile_output = fields.String(required=True)
    queue_position = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "From 1; counted to a thousand; null when not queued."},
    )
    reason = fields.String(
        required=True, allow_none=True, metadata={"description": "Why JE; for the jury."}
    )
    runs = fields.List(fields.Nested(RunSchema), required=True)


class SourceFileSchema(OutputSchema):
    """One file."""

    name = fields.String(required=True)
    content_base64 = fields.String(required=True)


class SourceSchema(OutputSchema):
    """The program of a submission. `source` is the first file as text."""

    id = fields.UUID(required=True)
    language = fields.String(required=True)
    entry_point = fields.String(required=True, allow_none=True)
    filename = fields.String(required=True)
    source = fields.String(required=True)
    files = fields.List(fields.Nested(SourceFileSchema), required=True)
