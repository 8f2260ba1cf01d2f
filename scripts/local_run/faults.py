"""The one error of the local run: something a person can understand and mend."""

from __future__ import annotations


class Fault(Exception):  # noqa: N818 - read as a sentence: "raise Fault(what, remedy)"
    """Something stands in the way. `remedy` says what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy
