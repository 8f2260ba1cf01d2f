"""Doorbells: how a worker tells the live role that something changed, without saying what.

A doorbell carries a topic and a version and nothing else, so that it may be rung before anybody
has decided who may see the change; the browser asks the api, which answers for this reader.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from contracts.queues import KEY_PREFIX

CHANNEL: Final = f"{KEY_PREFIX}doorbells"
"""The one Redis pub/sub channel that every hub process listens to."""


class Subject(StrEnum):
    """The first half of a topic."""

    SUBMISSION = "submission"
    PLAYGROUND_RUN = "playground-run"
    USER = "user"


class Doorbell(msgspec.Struct, frozen=True, kw_only=True):
    """Something under `topic` changed.

    Attributes:
        topic: `<subject>:<id>`, for instance `submission:0192…`.
        version: grows with every change of the topic; a reader that has seen a higher one may
            ignore this one.

    """

    topic: str
    version: int


def topic(subject: Subject, identity: str) -> str:
    """Return the topic of one thing."""
    return f"{subject.value}:{identity}"
