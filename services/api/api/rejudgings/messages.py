"""Sentences about rejudgings."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "rejudging_filter_empty": {
        "ko": "다시 채점할 제출을 고르는 조건을 하나 이상 정해 주세요.",
        "en": "Give at least one condition that says what is to be judged again.",
    },
    "rejudging_matches_nothing": {
        "ko": "조건에 맞는 제출이 없습니다. 아직 채점 중인 제출은 다시 채점하지 않습니다.",
        "en": "No submission matches. What is still being judged is not judged again.",
    },
    "rejudging_overlaps": {
        "ko": "조건에 맞는 제출이 모두 끝나지 않은 다른 재채점에 들어 있습니다. "
        "먼저 그 재채점을 적용하거나 취소해 주세요.",
        "en": "All submissions that match are in another open rejudging. "
        "Apply or cancel that one first.",
    },
    "rejudging_too_large": {
        "ko": "한 번에 {most}개까지 다시 채점할 수 있습니다. 조건을 좁혀 주세요.",
        "en": "At most {most} submissions can be judged again at once. Narrow the conditions.",
    },
    "rejudging_not_finished": {
        "ko": "아직 채점 중입니다. 모두 끝난 뒤에 적용할 수 있습니다.",
        "en": "It is still being judged. It can be applied when everything is finished.",
    },
    "rejudging_applied": {
        "ko": "이미 적용되어 취소할 수 없습니다.",
        "en": "It was applied and cannot be cancelled any more.",
    },
    "rejudging_cancelled": {
        "ko": "취소된 재채점은 적용할 수 없습니다.",
        "en": "It was cancelled and cannot be applied any more.",
    },
    "submission_not_found": {
        "ko": "그런 제출이 없거나 볼 수 있는 권한이 없습니다.",
        "en": "There is no such submission, or you may not see it.",
    },
}
