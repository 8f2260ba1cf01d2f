"""Who may watch what. Pure."""

from __future__ import annotations

from api.actor import Actor
from api.live.topics import Topic
from contracts.live import Subject


def needs_person(topic: Topic) -> bool:
    """Whether it matters who watches. Most doorbells say nothing to those who may not read."""
    return topic.subject is Subject.USER


def may_watch(actor: Actor, topic: Topic) -> bool:
    """Whether the actor may watch: people's own topics are theirs, all others are anybody's."""
    return not needs_person(topic) or actor.is_person(topic.identity)
