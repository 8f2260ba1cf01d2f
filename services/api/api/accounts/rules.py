"""What names, addresses and passwords must look like. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from api.accounts.common_passwords import is_common
from api.errors import Faults

USERNAME_MIN: Final = 3
USERNAME_MAX: Final = 20
DISPLAY_NAME_MAX: Final = 40
EMAIL_MAX: Final = 254
PASSWORD_MIN: Final = 8
PASSWORD_MAX: Final = 128

_USERNAME: Final = re.compile(r"[a-z0-9_-]*")
_USERNAME_ENDS: Final = re.compile(r"[a-z0-9].*[a-z0-9]")
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    rf"@{_LABEL}(?:\.{_LABEL})+"
)
_LOCAL_PART_MAX: Final = 64

RESERVED: Final = frozenset(
    {
        *("admin", "administrator", "anonymous", "codeplace", "grader", "judge", "jury", "me"),
        *("moderator", "null", "operator", "postmaster", "root", "staff", "support", "system"),
        *("undefined", "visitor", "webmaster"),
    }
)
"""Names that would be taken for the site's own voice. Operators may still use them."""


def check_username(faults: Faults, username: str, *, reserved_allowed: bool = False) -> None:
    """Note what is wrong with a user name."""
    if not USERNAME_MIN <= len(username) <= USERNAME_MAX:
        faults.add("username", "username_length", least=USERNAME_MIN, most=USERNAME_MAX)
    if not _USERNAME.fullmatch(username):
        faults.add("username", "username_characters")
    elif username and not _USERNAME_ENDS.fullmatch(username) and len(username) >= USERNAME_MIN:
        faults.add("username", "username_ends")
    elif username in RESERVED and not reserved_allowed:
        faults.add("username", "username_reserved")


def check_display_name(faults: Faults, display_name: str) -> None:
    """Note what is wrong with a display name that was cleaned."""
    if not display_name:
        faults.add("display_name", "field_empty")
    if len(display_name) > DISPLAY_NAME_MAX:
        faults.add("display_name", "text_too_long", most=DISPLAY_NAME_MAX)
    if any(unicodedata.category(character) in _INVISIBLE for character in display_name):
        faults.add("display_name", "display_name_invisible")


# Control and format characters (such as those that turn the direction of text), line and
# paragraph separators, private use, unassigned: names with these imitate others or break lists.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def clean_display_name(display_name: str) -> str:
    """Return the name in one canonical form, without space around it."""
    return unicodedata.normalize("NFC", display_name).strip()


def check_email(faults: Faults, email: str) -> None:
    """Note what is wrong with an address. Whether it exists, a mail will tell."""
    local = email.rpartition("@")[0]
    if len(email) > EMAIL_MAX or len(local) > _LOCAL_PART_MAX or not _EMAIL.fullmatch(email):
        faults.add("email", "email_invalid")


def check_password(
    faults: Faults, password: str, *known: str, field_name: str = "password"
) -> None:
    """Note what is wrong with a new password.

    Args:
        faults: where to.
        password: as typed; never changed or cut.
        known: what an attacker would try first: the user name and the address.
        field_name: the field's name in the request.

    """
    if len(password) < PASSWORD_MIN:
        faults.add(field_name, "password_too_short", least=PASSWORD_MIN)
    elif len(password) > PASSWORD_MAX:
        faults.add(field_name, "password_too_long", most=PASSWORD_MAX)
    elif password.casefold() in {part for word in known for part in _guesses(word)}:
        faults.add(field_name, "password_is_name")
    elif is_common(password):
        faults.add(field_name, "password_common")


def _guesses(known: str) -> tuple[str, ...]:
    word = known.casefold()
    return (word, word.partition("@")[0])
