"""Who may import problems. Pure."""

from __future__ import annotations

from typing import Final

from api.actor import Scope
from api.policy import Policy, setters

IMPORT: Final = Policy("packages.import", Scope.PROBLEMS, setters)
