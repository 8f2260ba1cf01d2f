from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.actor import VISITOR, Actor, Person
from api.errors import Unprocessable
from api.live import events, policy
from api.live.topics import MAX_TOPICS, Topic, parse
from contracts.live import Subject
from database.base import new_id


def codes(*names: str) -> list[str]:
    with pytest.raises(Unprocessable) as caught:
        parse(names)
    assert caught.value.fields is not None
    return [text.code for text in caught.value.fields["topic"]]


def test_topics_are_read_in_one_form_and_once() -> None:
    identity = new_id()
    names = [f"submission:{identity}", f"submission:{identity.hex.upper()}", f"user:{identity}"]
    assert [topic.name for topic in parse(names)] == [
        f"submission:{identity}",
        f"user:{identity}",
    ]


@pytest.mark.parametrize("name", ["", "x", "submission", "submission:", "submission:41", "x:y:z"])
def test_what_is_not_a_topic_is_named(name: str) -> None:
    assert codes(name) == ["topic_invalid"]


def test_none_and_too_many_are_refused() -> None:
    assert codes() == ["topic_missing"]
    assert codes(*(f"user:{new_id()}" for _ in range(MAX_TOPICS + 1))) == ["topics_too_many"]
    assert len(parse([f"user:{new_id()}" for _ in range(MAX_TOPICS)])) == MAX_TOPICS


def test_peoples_own_topics_are_theirs() -> None:
    identity = new_id()
    epoch = datetime.fromtimestamp(0, UTC)
    person = Person(identity, "x", "X", "x@y.org", frozenset(), "en", None, epoch)
    own, other = Topic(Subject.USER, identity), Topic(Subject.USER, new_id())
    submission = Topic(Subject.SUBMISSION, new_id())
    assert policy.may_watch(Actor(person), own)
    assert not policy.may_watch(Actor(person), other)
    assert not policy.may_watch(VISITOR, own)
    assert policy.may_watch(VISITOR, submission)


@pytest.mark.parametrize(
    ("header", "version"), [("", 0), ("17", 17), ("-1", 0), ("x", 0), ("9" * 19, 0), ("1.5", 0)]
)
def test_the_last_event_id_is_a_version_or_nothing(header: str, version: int) -> None:
    assert events.last_seen(header) == version
