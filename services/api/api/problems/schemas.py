"""What is sent and shown about problems."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields

from api.problems.listing import DIFFICULTIES, SORTS, STATUSES, Filters
from api.web.schemas import InputSchema, OutputSchema, PageQuery, StrictInteger
from api.web.validators import between, length, one_of


class ProblemQuery(PageQuery):
    """Filters of the list."""

    q = fields.String(load_default=None, validate=length(most=100))
    tag = fields.String(load_default=None, validate=length(most=32))
    difficulty = fields.String(load_default=None, validate=one_of(*DIFFICULTIES))
    status = fields.String(load_default=None, validate=one_of(*STATUSES))
    sort = fields.String(load_default="number", validate=one_of(*SORTS))

    @ma.post_load
    def _make(self, data: dict[str, Any], **options: Any) -> Any:  # noqa: ANN401 - marshmallow's
        names = ("q", "tag", "difficulty", "status", "sort")
        filters = Filters(**{name: data.pop(name) for name in names})
        return {**super()._make(data, **options), "filters": filters}


class ProblemLanguageQuery(InputSchema):
    """`?lang=` takes any language a statement may be in."""

    lang = fields.String(load_default=None, validate=length(2, 6))


class ProblemItemSchema(OutputSchema):
    """A problem in a list."""

    slug = fields.String(required=True)
    number = fields.Integer(required=True)
    title = fields.String(required=True)
    difficulty = fields.String(required=True)
    tags = fields.List(fields.String(), required=True)
    visibility = fields.String(required=True)
    submissions = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    solvers = fields.Integer(required=True)
    status = fields.String(
        required=True, allow_none=True, metadata={"description": "solved, tried, or null."}
    )


class StatementSchema(OutputSchema):
    """The text in the reader's language, or the next best."""

    locale = fields.String(required=True)
    title = fields.String(required=True)
    html = fields.String(
        required=True, metadata={"description": "Sanitised; formulas as TeX in .math elements."}
    )
    source = fields.String(required=True, metadata={"description": "Markdown."})
    available_locales = fields.List(fields.String(), required=True)


class SampleSchema(OutputSchema):
    """An example."""

    name = fields.String(required=True)
    input = fields.String(required=True)
    output = fields.String(required=True)


class LimitsSchema(OutputSchema):
    """What one run, and a program, may use."""

    cpu_time_ms = fields.Integer(required=True)
    memory_kib = fields.Integer(required=True)
    output_kib = fields.Integer(required=True)
    source_bytes = fields.Integer(required=True)


class CheckerSchema(OutputSchema):
    """How outputs are compared."""

    kind = fields.String(required=True)
    case_sensitive = fields.Boolean()
    space_change_sensitive = fields.Boolean()
    float_absolute_tolerance = fields.Float(allow_none=True)
    float_relative_tolerance = fields.Float(allow_none=True)


class ProblemSchema(ProblemItemSchema):
    """A problem with its statement."""

    statement = fields.Nested(StatementSchema, required=True, allow_none=True)
    samples = fields.List(fields.Nested(SampleSchema), required=True)
    limits = fields.Nested(LimitsSchema, required=True)
    checker = fields.Nested(CheckerSchema, required=True)
    languages = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Ids of languages that are allowed and can be used now."},
    )
    source = fields.String(required=True)
    license = fields.String(required=True)
    may_change = fields.Boolean(required=True)


class ProblemChangeSchema(InputSchema):
    """What may be changed without an import."""

    visibility = fields.String(validate=one_of("draft", "public"))
    difficulty = fields.String(validate=one_of(*DIFFICULTIES))
    tags = fields.List(fields.String(validate=length(1, 32)), validate=length(most=20))
    cpu_time_limit_ms = StrictInteger(validate=between(1, 300_000))
    memory_limit_kib = StrictInteger(validate=between(1024, 4096 * 1024))
    output_limit_kib = StrictInteger(validate=between(1, 256 * 1024))
    source_limit_bytes = StrictInteger(validate=between(1, 512 * 1024))
    languages = fields.List(
        fields.String(validate=length(1, 32)), allow_none=True, validate=length(1, 100)
    )


class TagSchema(OutputSchema):
    """A tag."""

    tag = fields.String(required=True)
    problems = fields.Integer(required=True)


class TagsSchema(OutputSchema):
    """All tags in use, the most used first."""

    items = fields.List(fields.Nested(TagSchema), required=True)
