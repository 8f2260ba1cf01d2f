"""Sentences about playground runs."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "stdin_too_long": {
        "ko": "입력이 너무 깁니다. 최대 {limit}바이트입니다.",
        "en": "The input is too long: at most {limit} bytes.",
    },
    "problem_has_no_samples": {
        "ko": "이 문제에는 예제가 없습니다. 입력을 직접 넣어 주세요.",
        "en": "This problem has no samples: give an input of your own.",
    },
}
