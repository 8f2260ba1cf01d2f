"""The kinds of mails there are: what causes each, and which link it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from contracts.links import LinkPurpose


@dataclass(frozen=True)
class Kind:
    """One kind of mail. Its templates lie in `mails/<name>/`."""

    name: str
    purpose: LinkPurpose
    table: str
    """The table whose row is the cause."""


VERIFICATION: Final = Kind("verification_mail", LinkPurpose.VERIFY_EMAIL, "email_verifications")
PASSWORD_RESET: Final = Kind("password_reset_mail", LinkPurpose.RESET_PASSWORD, "password_resets")
