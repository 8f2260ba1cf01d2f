"""What is sent and shown about playground runs."""

from __future__ import annotations

from marshmallow import fields

from api.web.schemas import InputSchema, OutputSchema, RawText
from api.web.validators import length


class PlaygroundSchema(InputSchema):
    """A program with own input, or with the samples of a problem."""

    language = fields.String(load_default=None, allow_none=True, validate=length(1, 32))
    source = RawText(load_default=None, allow_none=True)
    filename = RawText(load_default=None, allow_none=True)
    stdin = RawText(load_default=None, allow_none=True)
    problem = fields.String(load_default=None, allow_none=True, validate=length(1, 64))


class PlaygroundCaseSchema(OutputSchema):
    """What the program did on one input."""

    ordinal = fields.Integer(required=True)
    test_case = fields.String(required=True)
    verdict = fields.String(required=True, allow_none=True)
    stdout = fields.String(required=True)
    stderr = fields.String(required=True)
    output_truncated = fields.Boolean(required=True)
    cpu_time_ms = fields.Integer(required=True)
    wall_time_ms = fields.Integer(required=True)
    memory_kib = fields.Integer(required=True)
    exit_code = fields.Integer(required=True, allow_none=True)
    signal = fields.Integer(required=True, allow_none=True)
    message = fields.String(required=True)


class PlaygroundRunSchema(OutputSchema):
    """A playground run. `stdout` and `stderr` are those of its first input."""

    id = fields.UUID(required=True)
    language = fields.String(required=True)
    problem = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    verdict = fields.String(required=True, allow_none=True)
    compile_output = fields.String(required=True)
    stdout = fields.String(required=True)
    stderr = fields.String(required=True)
    runs = fields.List(fields.Nested(PlaygroundCaseSchema), required=True)
    created_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
