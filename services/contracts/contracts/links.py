"""How links in mails are signed: the api checks what the notifier wrote.

Messages carry ids only and the database holds no usable secret, so the token of a link is made
from the id by both sides with a shared key (`MAIL_LINK_KEY`,
itsdangerous `URLSafeTimedSerializer`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class LinkPurpose(StrEnum):
    """The salt of the signature: a link made for one purpose is refused for another."""

    VERIFY_EMAIL = "verify-email"
    RESET_PASSWORD = "reset-password"  # noqa: S105 - the name of a purpose, not a secret


LINK_PATHS: Final[dict[LinkPurpose, str]] = {
    LinkPurpose.VERIFY_EMAIL: "/verify-email",
    LinkPurpose.RESET_PASSWORD: "/reset-password",
}
"""Path of the page below the site's address; the token follows as the query `token=`."""

LINK_MAX_AGE_S: Final[dict[LinkPurpose, int]] = {
    LinkPurpose.VERIFY_EMAIL: 3 * 24 * 3600,
    LinkPurpose.RESET_PASSWORD: 3600,
}
"""How long a link can be used, in seconds; it is used up by its first use in any case."""
