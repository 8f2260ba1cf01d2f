"""Sentences about accounts, signing in and mailed links."""

from __future__ import annotations

from typing import Final

from api.i18n import Catalogue

MESSAGES: Final[Catalogue] = {
    "registration_closed": {
        "ko": "지금은 새 계정을 만들 수 없습니다.",
        "en": "New accounts cannot be made at the moment.",
    },
    "username_length": {
        "ko": "사용자 이름은 {least}자 이상 {most}자 이하여야 합니다.",
        "en": "A user name has {least} to {most} characters.",
    },
    "username_characters": {
        "ko": "사용자 이름에는 영문 소문자, 숫자, 밑줄(_), 하이픈(-)만 쓸 수 있습니다.",
        "en": "A user name has only lower-case letters, digits, _ and -.",
    },
    "username_ends": {
        "ko": "사용자 이름은 영문 소문자나 숫자로 시작하고 끝나야 합니다.",
        "en": "A user name begins and ends with a letter or digit.",
    },
    "username_reserved": {
        "ko": "사용할 수 없는 사용자 이름입니다.",
        "en": "This user name is reserved.",
    },
    "username_taken": {
        "ko": "이미 사용 중인 사용자 이름입니다.",
        "en": "Somebody has this user name already.",
    },
    "display_name_invisible": {
        "ko": "표시 이름에 보이지 않는 문자를 쓸 수 없습니다.",
        "en": "A display name may not have invisible characters.",
    },
    "email_invalid": {
        "ko": "올바른 이메일 주소가 아닙니다.",
        "en": "This is not an e-mail address.",
    },
    "email_taken": {
        "ko": "이미 가입된 이메일 주소입니다.",
        "en": "There is an account with this e-mail address already.",
    },
    "password_too_short": {
        "ko": "비밀번호는 {least}자 이상이어야 합니다.",
        "en": "A password has at least {least} characters.",
    },
    "password_too_long": {
        "ko": "비밀번호는 {most}자 이하여야 합니다.",
        "en": "A password has at most {most} characters.",
    },
    "password_common": {
        "ko": "너무 흔해서 쉽게 추측할 수 있는 비밀번호입니다.",
        "en": "This password is common and easily guessed.",
    },
    "password_is_name": {
        "ko": "사용자 이름이나 이메일 주소와 같은 비밀번호는 쓸 수 없습니다.",
        "en": "A password may not be the user name or e-mail address.",
    },
    "password_wrong": {
        "ko": "현재 비밀번호가 올바르지 않습니다.",
        "en": "This is not the current password.",
    },
    "invalid_credentials": {
        "ko": "로그인 정보가 올바르지 않습니다.",
        "en": "The login or the password is wrong.",
    },
    "totp_required": {
        "ko": "인증 앱에 표시된 6자리 코드를 입력해 주세요.",
        "en": "Enter the six digits from your authenticator app.",
    },
    "totp_invalid": {
        "ko": "인증 코드가 올바르지 않거나 이미 사용되었습니다.",
        "en": "The code is wrong or was used before.",
    },
    "link_invalid": {
        "ko": "링크가 올바르지 않습니다. 메일의 링크를 그대로 열어 주세요.",
        "en": "This link is not valid. Open it exactly as it is in the mail.",
    },
    "link_expired": {
        "ko": "링크가 만료되었습니다. 새 메일을 요청해 주세요.",
        "en": "This link is too old. Ask for a new mail.",
    },
    "link_used": {
        "ko": "이미 사용한 링크입니다.",
        "en": "This link was used before.",
    },
    "email_already_verified": {
        "ko": "이미 인증된 이메일 주소입니다.",
        "en": "Your e-mail address is verified already.",
    },
}
