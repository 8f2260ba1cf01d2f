"""The messages on the queues. A message's name is its version and its Celery task name.

Fields are only ever added, with a default; readers ignore what they do not know; anything else is
a new name ending in `.v2`. Every message carries ids, never objects: the receiver reads the truth
from PostgreSQL. `services/contracts/examples/<name>/` holds every form ever written.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import msgspec

from contracts.queues import LANE_QUEUES, Lane, Queue


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all messages. `trace_id` follows a request from the browser to the box."""

    NAME: ClassVar[str]
    OWNER: ClassVar[str]
    """The service that handles it."""
    trace_id: str = ""

    @property
    def queue(self) -> Queue:
        """The queue this message is sent to."""
        raise LookupError(type(self).__name__)


class GradeJudgement(Message, frozen=True, kw_only=True):
    """Somebody should look whether this judgement is to be done. Sent again by the sweep."""

    NAME: ClassVar[str] = "grader.grade_judgement.v1"
    OWNER: ClassVar[str] = "grader"
    judgement_id: str
    lane: Lane = Lane.PRACTICE

    @property
    def queue(self) -> Queue:
        """The lane's own queue."""
        return LANE_QUEUES[self.lane]


class RunPlayground(Message, frozen=True, kw_only=True):
    """Somebody should look whether this playground run is to be done."""

    NAME: ClassVar[str] = "grader.run_playground.v1"
    OWNER: ClassVar[str] = "grader"
    playground_run_id: str

    @property
    def queue(self) -> Queue:
        """The playground lane."""
        return Queue.GRADING_PLAYGROUND


class RefreshLanguages(Message, frozen=True, kw_only=True):
    """Ask the judges which languages they offer and write that down for the page."""

    NAME: ClassVar[str] = "grader.refresh_languages.v1"
    OWNER: ClassVar[str] = "grader"

    @property
    def queue(self) -> Queue:
        """Any grader may do it."""
        return Queue.GRADING_CONTROL


class SendVerificationMail(Message, frozen=True, kw_only=True):
    """Mail the link that proves an e-mail address."""

    NAME: ClassVar[str] = "notifier.send_verification_mail.v1"
    OWNER: ClassVar[str] = "notifier"
    email_verification_id: str

    @property
    def queue(self) -> Queue:
        """The notifier's queue."""
        return Queue.NOTIFY


class SendPasswordResetMail(Message, frozen=True, kw_only=True):
    """Mail the link that sets a new password."""

    NAME: ClassVar[str] = "notifier.send_password_reset_mail.v1"
    OWNER: ClassVar[str] = "notifier"
    password_reset_id: str

    @property
    def queue(self) -> Queue:
        """The notifier's queue."""
        return Queue.NOTIFY


class _UpkeepMessage(Message, frozen=True, kw_only=True):
    OWNER: ClassVar[str] = "scheduler"

    @property
    def queue(self) -> Queue:
        """The upkeep worker's queue."""
        return Queue.UPKEEP


class RefreshRanking(_UpkeepMessage, frozen=True, kw_only=True):
    """Rebuild the site-wide ranking from valid judgements."""

    NAME: ClassVar[str] = "scheduler.refresh_ranking.v1"


class RefreshStatistics(_UpkeepMessage, frozen=True, kw_only=True):
    """Rebuild the counts shown on the home page and beside each problem."""

    NAME: ClassVar[str] = "scheduler.refresh_statistics.v1"


class ExpireSessions(_UpkeepMessage, frozen=True, kw_only=True):
    """Delete sessions, links and playground runs whose time is over."""

    NAME: ClassVar[str] = "scheduler.expire_sessions.v1"


class Sweep(_UpkeepMessage, frozen=True, kw_only=True):
    """Look for work whose doorbell was lost or whose worker died, and ring again."""

    NAME: ClassVar[str] = "scheduler.sweep.v1"


MESSAGES: tuple[type[Message], ...] = (
    GradeJudgement,
    RunPlayground,
    RefreshLanguages,
    SendVerificationMail,
    SendPasswordResetMail,
    RefreshRanking,
    RefreshStatistics,
    ExpireSessions,
    Sweep,
)
"""Every message there is."""

_M = TypeVar("_M", bound=Message)

BY_NAME: dict[str, type[Message]] = {message.NAME: message for message in MESSAGES}


def dump(message: Message) -> dict[str, Any]:
    """Return the message as the keyword arguments of its Celery task."""
    fields: dict[str, Any] = msgspec.to_builtins(message)
    return fields


def load(kind: type[_M], fields: dict[str, Any]) -> _M:
    """Read a message from a task's keyword arguments.

    Raises:
        msgspec.ValidationError: a required field is missing or of another type; the error names it.

    """
    return msgspec.convert(fields, kind)
