"""Who may ask for a mail. Pure."""

from __future__ import annotations

from typing import Final

from api.actor import Scope
from api.policy import Policy

RESEND: Final = Policy("mailed_links.resend", Scope.ADMIN)
