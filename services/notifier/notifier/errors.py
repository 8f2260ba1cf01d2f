"""What can go wrong on the way to a person, and whether it will ever go away."""

from __future__ import annotations


class TransportError(Exception):
    """The mail was not taken. `permanent`: trying again would change nothing."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent
