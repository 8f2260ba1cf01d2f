"""Reading what came with a request, with errors of our own instead of webargs's."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import marshmallow as ma
from flask import Request
from webargs import core
from webargs.flaskparser import FlaskParser

from api.errors import BadRequest, Fields, Text, Unprocessable, UnsupportedMediaType

LONGEST_NAME = 80


class Parser(FlaskParser):
    """Strict everywhere.

    Unknown fields are refused in queries too, where a slip of the pen in a filter would silently
    return everything.
    """

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - webargs reads this class attribute
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
        "querystring": ma.RAISE,
        # A multipart body is read as a form and as files by two schemas; see load_form.
        "form": ma.RAISE,
        "files": ma.RAISE,
    }

    def load_json(self, req: Request, schema: ma.Schema) -> Any:  # noqa: ANN401, ARG002
        """Return the JSON body."""
        raw = req.get_data(cache=False)
        if not raw:
            return core.missing
        if not req.is_json:
            raise UnsupportedMediaType(wanted="application/json")
        try:
            return json.loads(raw, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise BadRequest from error

    def handle_error(self, error: ma.ValidationError, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401
        """Raise what the schema found as our own error."""
        found: Any = error.messages
        # webargs puts the messages under the location's name.
        by_field = next(iter(found.values())) if isinstance(found, dict) else found
        raise Unprocessable(fields=_flatten(by_field)) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _flatten(messages: Any, path: str = "") -> Fields:  # noqa: ANN401 - marshmallow's tree
    """Return `{"files.0.name": [Text, …]}` from marshmallow's nested messages."""
    if isinstance(messages, dict):
        flat: dict[str, list[Text]] = {}
        for key, inner in messages.items():
            here = path if key == ma.exceptions.SCHEMA else f"{path}.{_name(key)}".lstrip(".")
            for name, texts in _flatten(inner, here).items():
                flat.setdefault(name, []).extend(texts)
        return flat
    return {path or "body": list(_texts(messages))}


def _name(key: object) -> str:
    """Return a field's name, which may be anything that the sender made up, fit for an answer."""
    return str(key)[:LONGEST_NAME].encode(errors="replace").decode()


def _texts(messages: Any) -> list[Text]:  # noqa: ANN401 - marshmallow's tree
    if isinstance(messages, Text):
        return [messages]
    if isinstance(messages, list):
        return [found for message in messages for found in _texts(message)]
    # A validator of marshmallow's own, whose English words would leak: say the general thing.
    return [Text("field_invalid")]
