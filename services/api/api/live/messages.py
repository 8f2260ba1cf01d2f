"""Sentences about event streams."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "topic_missing": {
        "ko": "topic을 하나 이상 지정해 주세요.",
        "en": "Name at least one topic.",
    },
    "topic_invalid": {
        "ko": "“{topic}”은(는) 올바른 주제가 아닙니다. 사용할 수 있는 주제: {known}",
        "en": "“{topic}” is not a topic; there are {known}.",
    },
    "topics_too_many": {
        "ko": "한 번에 {most}개까지만 지켜볼 수 있습니다.",
        "en": "A stream may watch {most} topics.",
    },
    "topic_forbidden": {
        "ko": "자신의 주제만 지켜볼 수 있습니다.",
        "en": "You may only watch your own.",
    },
}
