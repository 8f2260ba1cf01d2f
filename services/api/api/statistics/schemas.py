"""Shape of the counts on the wire."""

from __future__ import annotations

from marshmallow import fields

from api.web.schemas import OutputSchema


class StatisticsSchema(OutputSchema):
    """How large the site is."""

    users = fields.Integer(required=True)
    problems = fields.Integer(required=True)
    submissions = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    refreshed_at = fields.AwareDateTime(required=True, allow_none=True)
