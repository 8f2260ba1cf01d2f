"""Sentences about languages."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "language_missing": {
        "ko": "언어를 고르거나, 확장자가 있는 파일 이름을 보내 주세요.",
        "en": "Choose a language, or send a file name with an extension.",
    },
    "language_unknown": {
        "ko": "{language}은(는) 모르는 언어입니다.",
        "en": "There is no language {language}.",
    },
    "language_unavailable": {
        "ko": "{language}은(는) 지금 쓸 수 없습니다. 채점 서버에 설치되어 있지 않습니다.",
        "en": "{language} cannot be used now: no judge has it installed.",
    },
    "language_not_allowed": {
        "ko": "이 문제는 {language}(으)로 풀 수 없습니다.",
        "en": "This problem may not be solved in {language}.",
    },
}
