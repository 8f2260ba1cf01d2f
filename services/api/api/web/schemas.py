"""Bases of all schemas. What may be sent and what is shown are never the same class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import marshmallow as ma
from marshmallow import fields

from api.errors import Text
from api.i18n import LOCALES
from api.pagination import DEFAULT_LIMIT, MAX_LIMIT, PageRequest
from api.web.validators import between, one_of, storable

FIELD_ERRORS: Mapping[str, str] = {
    "required": "field_required",
    "null": "field_null",
    "type": "field_wrong_type",
    "unknown": "field_unknown",
}

KIND_ERRORS: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.UUID, "field_not_uuid"),
    (fields.String, "field_not_text"),
    (fields.Integer, "field_not_integer"),
    (fields.Number, "field_not_number"),
    (fields.Boolean, "field_not_boolean"),
    (fields.AwareDateTime, "field_not_time"),
    (fields.List, "field_not_list"),
    (fields.Nested, "field_not_object"),
)


class RawText(fields.String):
    """Text that may hold NUL: for fields such as `source` whose service has a code for it."""


class StrictInteger(fields.Integer):
    """A JSON integer; neither `"3"` nor `3.0` nor `true`. For bodies; queries are text anyway."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Refuse what only looks like an integer."""
        if isinstance(value, bool | float | str):
            raise self.make_error("invalid", input=value)
        return super().deserialize(value, *args, **kwargs)


class StrictBoolean(fields.Boolean):
    """A JSON boolean; marshmallow alone would take "yes" and 1."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Refuse what only looks like a boolean."""
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super().deserialize(value, *args, **kwargs)


class InputSchema(ma.Schema):
    """What may be sent. With `makes`, the result is that dataclass instead of a dictionary."""

    makes: ClassVar[type | None] = None

    class Meta:
        unknown = ma.RAISE

    error_messages: Any = {  # noqa: RUF012 - marshmallow reads this class attribute
        "unknown": [Text("field_unknown")],
        "type": [Text("field_not_object")],
    }

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Say errors in our catalogue's words and keep out text that cannot be stored."""
        kind = next((code for cls, code in KIND_ERRORS if isinstance(field_obj, cls)), None)
        field_obj.error_messages = {
            key: [Text(FIELD_ERRORS.get(key) or kind or "field_invalid")]
            for key in field_obj.error_messages
        }
        if isinstance(field_obj, fields.Nested | fields.List):
            field_obj.error_messages["type"] = [Text(kind or "field_wrong_type")]
        if isinstance(field_obj, fields.List) and isinstance(field_obj.inner, fields.Field):
            self.on_bind_field(field_name, field_obj.inner)
        if isinstance(field_obj, fields.String) and storable not in field_obj.validators:
            may_hold_nul = isinstance(field_obj, RawText)
            field_obj.validators.insert(0, storable.but_nul if may_hold_nul else storable)

    @ma.post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Any:  # noqa: ANN401 - marshmallow's
        return self.makes(**data) if self.makes else data


class LanguageQuery(InputSchema):
    """`?lang=` for answers with text in the reader's language."""

    lang = fields.String(validate=one_of(*LOCALES))


class PageQuery(LanguageQuery):
    """`?limit=` and `?cursor=`. The route gets `page` (a PageRequest) beside its own filters."""

    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=between(1, MAX_LIMIT))
    cursor = fields.String(load_default=None)

    @ma.post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Any:  # noqa: ANN401 - marshmallow's
        data.pop("lang", None)
        page = PageRequest(data.pop("limit"), data.pop("cursor"))
        return {**data, "page": page}


class OutputSchema(ma.Schema):
    """What is shown. Fields not declared here are never sent."""


class ErrorBodySchema(OutputSchema):
    """The inner part of every error answer."""

    code = fields.String(required=True, metadata={"description": "Stable, for programs."})
    message = fields.String(required=True, metadata={"description": "In the reader's language."})
    fields_ = fields.Dict(
        data_key="fields", keys=fields.String(), values=fields.List(fields.String())
    )
    details = fields.List(fields.Dict())


class ErrorSchema(OutputSchema):
    """Every answer from 400 on."""

    error = fields.Nested(ErrorBodySchema, required=True)


def page_of(item: type[OutputSchema]) -> type[OutputSchema]:
    """Return the schema of a list of `item`, named `<Item>Page`."""
    name = f"{item.__name__.removesuffix('Schema')}PageSchema"
    attributes = {
        "items": fields.List(fields.Nested(item), required=True),
        "next_cursor": fields.String(required=True, allow_none=True),
        "total": fields.Integer(required=True, allow_none=True),
        "__module__": item.__module__,
    }
    return type(name, (OutputSchema,), attributes)
