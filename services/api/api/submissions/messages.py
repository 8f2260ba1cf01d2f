"""Sentences about submissions."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "problem_not_found": {
        "ko": "그런 문제가 없거나 볼 수 있는 권한이 없습니다.",
        "en": "There is no such problem, or you may not see it.",
    },
    "contest_not_found": {
        "ko": "그런 대회가 없습니다.",
        "en": "There is no such contest.",
    },
    "source_missing": {
        "ko": "소스 코드가 없습니다.",
        "en": "The program is missing.",
    },
    "source_empty": {"ko": "소스 코드가 비어 있습니다.", "en": "The program is empty."},
    "source_has_nul": {
        "ko": "소스 코드에 NUL 문자가 있습니다.",
        "en": "The program has NUL characters.",
    },
    "source_too_long": {
        "ko": "소스 코드가 너무 깁니다. 최대 {limit}바이트인데 {size}바이트입니다.",
        "en": "The program is too long: {size} bytes, at most {limit}.",
    },
    "source_twice": {
        "ko": "source와 files 중 하나만 보내 주세요.",
        "en": "Send either source or files, not both.",
    },
    "filename_invalid": {
        "ko": "파일 이름은 영문자, 숫자, . _ + - 로 된 100자 이하여야 합니다.",
        "en": "A file name has at most 100 letters, digits and . _ + -.",
    },
    "filename_twice": {
        "ko": "같은 파일 이름이 두 번 있습니다.",
        "en": "The same file name is there twice.",
    },
    "filename_with_files": {
        "ko": "filename은 source와 함께만 쓸 수 있습니다.",
        "en": "filename goes with source only.",
    },
    "content_not_base64": {"ko": "올바른 base64가 아닙니다.", "en": "This is not base64."},
}
