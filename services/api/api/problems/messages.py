"""Sentences about problems."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "problem_not_ready": {
        "ko": "테스트와 지문이 있어야 합니다. 먼저 패키지를 가져오세요.",
        "en": "It needs test data and a statement first: import a package.",
    },
    "tag_invalid": {
        "ko": "태그는 공백 없는 소문자 낱말이어야 합니다.",
        "en": "A tag is a lower-case word without spaces.",
    },
    "status_needs_account": {
        "ko": "풀이 상태로 거르려면 로그인이 필요합니다.",
        "en": "Sign in to filter by what you have solved.",
    },
}
