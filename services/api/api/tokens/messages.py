"""Sentences about tokens."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "token_expiry_past": {
        "ko": "만료 시각은 지금보다 뒤여야 합니다.",
        "en": "The token has to expire in the future.",
    },
    "too_many_tokens": {
        "ko": "토큰은 {most}개까지 만들 수 있습니다. 쓰지 않는 토큰을 폐기해 주세요.",
        "en": "You may have {most} tokens. Revoke one that you do not use.",
    },
}
