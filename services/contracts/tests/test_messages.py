from __future__ import annotations

import msgspec
import pytest

from contracts.messages import BY_NAME, MESSAGES, GradeJudgement, Message, dump, load
from contracts.queues import LANE_QUEUES, Lane, Queue

GRADE = {"judgement_id": "01a2061d-839b-7a4a-9201-8b1f0b984352"}


def test_a_message_survives_the_way_through_a_queue() -> None:
    sent = GradeJudgement(judgement_id="1", lane=Lane.CONTEST, trace_id="t")
    assert load(GradeJudgement, dump(sent)) == sent


def test_what_is_sent_is_plain_enough_for_json() -> None:
    fields = dump(GradeJudgement(judgement_id="1", lane=Lane.JURY))
    assert fields == {"trace_id": "", "judgement_id": "1", "lane": "jury"}
    assert type(fields["lane"]) is str


def test_a_field_that_a_newer_sender_added_is_ignored() -> None:
    assert load(GradeJudgement, {**GRADE, "colour": "red"}).lane is Lane.PRACTICE


def test_a_missing_id_is_named() -> None:
    with pytest.raises(msgspec.ValidationError, match="judgement_id"):
        load(GradeJudgement, {})


def test_an_unknown_lane_is_refused_and_not_guessed() -> None:
    with pytest.raises(msgspec.ValidationError, match="lane"):
        load(GradeJudgement, {**GRADE, "lane": "express"})


@pytest.mark.parametrize("lane", Lane)
def test_a_judgement_waits_in_the_queue_of_its_lane(lane: Lane) -> None:
    assert GradeJudgement(judgement_id="1", lane=lane).queue is LANE_QUEUES[lane]


def test_names_are_unlike_each_other() -> None:
    assert len(BY_NAME) == len(MESSAGES)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.NAME)
def test_a_message_carries_ids_and_no_objects(message: type[Message]) -> None:
    kinds = {field.name: field.type for field in msgspec.structs.fields(message)}
    assert set(kinds.values()) <= {str, Lane}
    assert all(name.endswith("_id") or name == "lane" for name in kinds)


def test_a_message_without_a_queue_cannot_be_sent() -> None:
    class Lost(Message, frozen=True, kw_only=True):
        NAME = "nobody.lost.v1"
        OWNER = "nobody"

    with pytest.raises(LookupError, match="Lost"):
        _ = Lost().queue


def test_queues_are_named_for_what_is_in_them() -> None:
    assert {queue.value.split(".")[0] for queue in Queue} == {"grading", "notify", "upkeep"}
