"""Who may see and end sessions. Pure."""

from __future__ import annotations

from typing import Final

from api.actor import Scope
from api.policy import Policy

LOGOUT: Final = Policy("sessions.logout", Scope.READ)
READ_OWN: Final = Policy("sessions.read_own", Scope.ADMIN)
END_OWN: Final = Policy("sessions.end_own", Scope.ADMIN)
