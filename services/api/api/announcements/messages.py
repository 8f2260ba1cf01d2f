"""Sentences about announcements."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "announcement_untitled": {
        "ko": "한국어나 영어 가운데 적어도 한 언어의 제목이 필요합니다.",
        "en": "It needs a title in Korean or in English.",
    },
}
