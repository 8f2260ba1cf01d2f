"""Sentences that every feature shares: errors at the door and of fields in general."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "internal_error": {
        "ko": "서버에서 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.",
        "en": "Something went wrong on our side. Please try again in a moment.",
    },
    "unavailable": {
        "ko": "지금은 요청을 처리할 수 없습니다. 잠시 후 다시 시도해 주세요.",
        "en": "The service cannot answer right now. Please try again in a moment.",
    },
    "bad_request": {
        "ko": "요청을 이해할 수 없습니다.",
        "en": "The request could not be understood.",
    },
    "malformed_json": {
        "ko": "요청 본문이 올바른 JSON이 아닙니다.",
        "en": "The body is not valid JSON.",
    },
    "unsupported_media_type": {
        "ko": "이 주소에서 받지 않는 형식의 본문입니다. Content-Type을 확인해 주세요.",
        "en": "This address does not take a body of that kind; check its Content-Type.",
    },
    "method_not_allowed": {
        "ko": "이 주소에서는 사용할 수 없는 메서드입니다.",
        "en": "This address does not take that method.",
    },
    "address_too_long": {"ko": "주소가 너무 깁니다.", "en": "The address is too long."},
    "headers_too_large": {"ko": "요청 헤더가 너무 큽니다.", "en": "The headers are too large."},
    "body_too_large": {
        "ko": "요청 본문이 허용된 크기를 넘었습니다.",
        "en": "The body is larger than allowed.",
    },
    "conflict": {
        "ko": "다른 변경과 충돌했습니다. 새로 고친 뒤 다시 시도해 주세요.",
        "en": "This conflicts with another change. Reload and try again.",
    },
    "not_found": {
        "ko": "찾을 수 없거나 볼 수 있는 권한이 없습니다.",
        "en": "There is no such thing, or you may not see it.",
    },
    "not_authenticated": {"ko": "로그인이 필요합니다.", "en": "Please sign in."},
    "session_expired": {
        "ko": "로그인이 만료되었습니다. 다시 로그인해 주세요.",
        "en": "Your session is over. Please sign in again.",
    },
    "token_invalid": {
        "ko": "토큰이 올바르지 않거나 만료 또는 폐기되었습니다.",
        "en": "The token is wrong, expired or revoked.",
    },
    "forbidden": {"ko": "권한이 없습니다.", "en": "You may not do this."},
    "scope_missing": {
        "ko": "이 토큰에는 “{scope}” 권한 범위가 없습니다.",
        "en": "This token lacks the scope “{scope}”.",
    },
    "csrf_failed": {
        "ko": "요청이 이 사이트에서 보낸 것인지 확인할 수 없습니다. 새로 고친 뒤 다시 해 주세요.",
        "en": "We could not tell that this came from our own page. Reload and try again.",
    },
    "email_not_verified": {
        "ko": "먼저 이메일 주소를 인증해 주세요.",
        "en": "Please verify your e-mail address first.",
    },
    "rate_limited": {
        "ko": "요청이 너무 많습니다. {retry_after}초 뒤에 다시 시도해 주세요.",
        "en": "Too many requests. Try again in {retry_after} s.",
    },
    "validation_failed": {
        "ko": "입력한 내용을 확인해 주세요.",
        "en": "Please check what you entered.",
    },
    "field_required": {"ko": "필수 항목입니다.", "en": "This is required."},
    "field_null": {"ko": "비워 둘 수 없습니다.", "en": "This may not be null."},
    "field_empty": {"ko": "비워 둘 수 없습니다.", "en": "This may not be empty."},
    "field_unknown": {"ko": "알 수 없는 항목입니다.", "en": "There is no such field."},
    "field_invalid": {"ko": "올바르지 않은 값입니다.", "en": "This value is not valid."},
    "field_wrong_type": {"ko": "값의 형식이 올바르지 않습니다.", "en": "This has the wrong type."},
    "field_not_text": {"ko": "문자열이어야 합니다.", "en": "This must be text."},
    "field_not_integer": {"ko": "정수여야 합니다.", "en": "This must be a whole number."},
    "field_not_number": {"ko": "숫자여야 합니다.", "en": "This must be a number."},
    "field_not_boolean": {"ko": "true 또는 false여야 합니다.", "en": "This must be true or false."},
    "field_not_time": {
        "ko": "시간대를 포함한 ISO 8601 시각이어야 합니다.",
        "en": "This must be an ISO 8601 time with its zone.",
    },
    "field_not_uuid": {"ko": "올바른 ID가 아닙니다.", "en": "This is not an id."},
    "field_not_list": {"ko": "목록이어야 합니다.", "en": "This must be a list."},
    "field_not_object": {"ko": "JSON 객체여야 합니다.", "en": "This must be a JSON object."},
    "text_too_short": {
        "ko": "{least}자 이상이어야 합니다.",
        "en": "This needs at least {least} characters.",
    },
    "text_too_long": {
        "ko": "{most}자 이하여야 합니다.",
        "en": "This may have at most {most} characters.",
    },
    "text_has_nul": {
        "ko": "NUL 문자를 포함할 수 없습니다.",
        "en": "This may not hold NUL characters.",
    },
    "text_not_unicode": {
        "ko": "올바른 유니코드 문자열이 아닙니다.",
        "en": "This is not valid Unicode text.",
    },
    "list_too_short": {
        "ko": "{least}개 이상이어야 합니다.",
        "en": "This needs at least {least} items.",
    },
    "list_too_long": {
        "ko": "{most}개 이하여야 합니다.",
        "en": "This may have at most {most} items.",
    },
    "number_out_of_range": {
        "ko": "{least} 이상 {most} 이하여야 합니다.",
        "en": "This must be from {least} to {most}.",
    },
    "not_one_of": {
        "ko": "다음 중 하나여야 합니다: {choices}.",
        "en": "This must be one of: {choices}.",
    },
    "cursor_invalid": {
        "ko": "이 목록의 커서가 아닙니다.",
        "en": "This cursor does not belong to this list.",
    },
}
