"""Shapes of announcements on the wire."""

from __future__ import annotations

from marshmallow import fields

from api.web.schemas import InputSchema, OutputSchema, StrictBoolean
from api.web.validators import length

TITLE_MAX = 200
BODY_MAX = 50_000


class AnnouncementInputSchema(InputSchema):
    """Body that writes or changes an announcement; an empty text falls back to the other one."""

    title_ko = fields.String(validate=length(0, TITLE_MAX))
    title_en = fields.String(validate=length(0, TITLE_MAX))
    body_ko = fields.String(validate=length(0, BODY_MAX))
    body_en = fields.String(validate=length(0, BODY_MAX))
    is_pinned = StrictBoolean()
    published_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "Null or later: not shown yet."}
    )


class AnnouncementTextSchema(OutputSchema):
    """An announcement's words in one language."""

    title = fields.String(required=True)
    body = fields.String(required=True)


class AnnouncementSchema(OutputSchema):
    """An announcement in the reader's language."""

    id = fields.UUID(required=True)
    locale = fields.String(required=True, metadata={"description": "The language it is in."})
    title = fields.String(required=True)
    body = fields.String(required=True, metadata={"description": "Markdown."})
    body_html = fields.String(required=True, metadata={"description": "Sanitised."})
    is_pinned = fields.Boolean(required=True)
    is_published = fields.Boolean(required=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    author = fields.String(required=True, allow_none=True)
    texts = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(AnnouncementTextSchema),
        required=True,
        allow_none=True,
        metadata={"description": "Both languages, for those who may edit; else null."},
    )
