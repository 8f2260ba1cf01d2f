"""What can go wrong in the judge, split by whose fault it is.

A program's failure is never here: it is a verdict.
"""


class JudgeError(Exception):
    """Base of everything below."""


class MachineryError(JudgeError):
    """Ours: the judging says nothing about the program and has to be repeated."""


class CancelledError(JudgeError):
    """Nobody waits for this judging any more."""


class BusyError(JudgeError):
    """Ours and passing: no room now, ask again after `retry_after_s` seconds."""

    def __init__(self, message: str, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class MalformedRequestError(JudgeError):
    """The sender's: the request makes no sense."""


class LanguageUnknownError(JudgeError):
    """The sender's: no such language here, or it failed its self-test."""


class BlobRefusedError(JudgeError):
    """The sender's: the bytes are not what their name says, or there are too many."""


class BlobsMissingError(JudgeError):
    """The sender's: these files have to be sent first."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"{len(missing)} files are missing")
        self.missing = missing
