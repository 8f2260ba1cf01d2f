"""Shapes of the health answers."""

from __future__ import annotations

from marshmallow import fields

from api.web.schemas import OutputSchema


class HealthSchema(OutputSchema):
    """`missing` names what keeps this process from working."""

    status = fields.String(required=True)
    missing = fields.List(fields.String(), required=True)
