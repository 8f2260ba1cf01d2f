"""What is shown about languages."""

from __future__ import annotations

from marshmallow import fields

from api.web.schemas import OutputSchema


class LanguageSchema(OutputSchema):
    """A language as the judges offer it."""

    id = fields.String(required=True, metadata={"description": "Kattis id, such as cpp."})
    name = fields.String(required=True)
    version = fields.String(required=True)
    extensions = fields.List(fields.String(), required=True)
    compile_command = fields.String(required=True)
    run_command = fields.String(required=True)
    available = fields.Boolean(required=True)


class LanguagesSchema(OutputSchema):
    """All of them; the list is short and has no pages."""

    items = fields.List(fields.Nested(LanguageSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)
