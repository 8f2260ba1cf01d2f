"""Topics as clients name them: `submission:<id>`, `playground-run:<id>`, `user:<id>`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from api.errors import Faults
from contracts.live import Subject

MAX_TOPICS: Final = 20


@dataclass(frozen=True)
class Topic:
    """What a stream watches."""

    subject: Subject
    identity: UUID

    @property
    def name(self) -> str:
        """As in doorbells: ids in lower case with hyphens, however the client wrote them."""
        return f"{self.subject.value}:{self.identity}"


def parse(names: Sequence[str]) -> list[Topic]:
    """Return the topics, each once, in the order they were named.

    Raises:
        Unprocessable: names every topic that is not one.

    """
    faults = Faults()
    if not names:
        faults.add("topic", "topic_missing")
    topics: dict[Topic, None] = {}
    for name in names[: MAX_TOPICS + 1]:
        found = _topic(name)
        if found is None:
            shown = ", ".join(f"{subject.value}:…" for subject in Subject)
            faults.add("topic", "topic_invalid", topic=name[:80], known=shown)
        else:
            topics[found] = None
    if len(names) > MAX_TOPICS:
        faults.add("topic", "topics_too_many", most=MAX_TOPICS)
    faults.raise_if_any()
    return list(topics)


def _topic(name: str) -> Topic | None:
    subject, _, identity = name.partition(":")
    try:
        return Topic(Subject(subject), UUID(identity))
    except ValueError:
        return None
