"""Who may make and revoke tokens. Pure."""

from __future__ import annotations

from typing import Final

from api.actor import Scope
from api.policy import Policy

# A token that may make tokens can give itself every power: it must have them all already.
MANAGE_OWN: Final = Policy("tokens.manage_own", Scope.ADMIN)
