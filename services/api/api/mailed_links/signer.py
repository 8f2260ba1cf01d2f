"""Reads the token of a mailed link, which the notifier signed (see contracts.links)."""

from __future__ import annotations

from uuid import UUID

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from api.errors import Unprocessable
from contracts.links import LINK_MAX_AGE_S, LinkPurpose


def sign(key: str, purpose: LinkPurpose, request_id: UUID) -> str:
    """Return the token as the notifier makes it; for tests and for the command line."""
    return URLSafeTimedSerializer(key, salt=purpose.value).dumps(str(request_id))


def read(key: str, purpose: LinkPurpose, token: str) -> UUID:
    """Return the id of the request that the link belongs to.

    Raises:
        Unprocessable: `link_expired`, or `link_invalid` for everything else.

    """
    serializer = URLSafeTimedSerializer(key, salt=purpose.value)
    try:
        return UUID(str(serializer.loads(token, max_age=LINK_MAX_AGE_S[purpose])))
    except SignatureExpired as error:
        raise Unprocessable.field("token", "link_expired") from error
    except (BadSignature, ValueError) as error:
        raise Unprocessable.field("token", "link_invalid") from error
