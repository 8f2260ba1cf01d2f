"""What is shown about the ranking and people."""

from __future__ import annotations

from marshmallow import fields

from api.web.schemas import OutputSchema


class RankingItemSchema(OutputSchema):
    """A line of the ranking; equal scores share a place."""

    place = fields.Integer(required=True)
    username = fields.String(required=True)
    display_name = fields.String(required=True)
    score = fields.Integer(required=True)
    solved = fields.Integer(required=True)
    submissions = fields.Integer(required=True)
    last_solved_at = fields.AwareDateTime(required=True, allow_none=True)


class ProfileProblemSchema(OutputSchema):
    """A problem that a person has tried."""

    slug = fields.String(required=True)
    number = fields.Integer(required=True)
    title = fields.String(required=True)
    difficulty = fields.String(required=True)
    solved_at = fields.AwareDateTime(required=True, allow_none=True)


class ProfileSchema(OutputSchema):
    """What everybody may know about a person."""

    username = fields.String(required=True)
    display_name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    created_at = fields.AwareDateTime(required=True)
    place = fields.Integer(required=True, allow_none=True)
    score = fields.Integer(required=True)
    solved = fields.Integer(required=True)
    tried = fields.Integer(required=True)
    submissions = fields.Integer(required=True)
    solved_problems = fields.List(fields.Nested(ProfileProblemSchema), required=True)
    tried_problems = fields.List(fields.Nested(ProfileProblemSchema), required=True)
