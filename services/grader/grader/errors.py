"""What can go wrong while grading, split by whose fault it is and whether it will pass.

Nothing here is ever a verdict of the program: a fault of ours becomes a retry and then JE.
"""

from __future__ import annotations


class GraderError(Exception):
    """Base of all of them. The text is for the log and the jury."""


class ClaimLostError(GraderError):
    """Another grader holds the judgement now: write nothing more."""


class DrainingError(GraderError):
    """This grader is going away: hand back what is in work."""


class NoRoomError(GraderError):
    """No judge took the request. Nobody's fault; tried again after `retry_after_s`."""

    def __init__(self, reason: str, retry_after_s: float) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class MachineryError(GraderError):
    """A fault of ours that may pass: counted, and tried again elsewhere."""


class JudgeLostError(MachineryError):
    """The judge fell silent or cut the stream."""


class JudgeBrokenError(MachineryError):
    """The judge answered, but not what the contract allows, or said that it is broken."""


class UnfitError(GraderError):
    """A fault of ours that lasts, such as a problem without test cases: JE at once."""
