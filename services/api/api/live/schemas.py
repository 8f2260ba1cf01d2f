"""The query of an event stream."""

from __future__ import annotations

from marshmallow import fields

from api.web.schemas import LanguageQuery


class TopicQuery(LanguageQuery):
    """`?topic=…&topic=…`; checked by `live.topics`, which names what is wrong with each."""

    topic = fields.List(fields.String(), load_default=list)
