from __future__ import annotations

from collections.abc import Mapping

from contracts.queues import CELERY_SETTINGS, KEY_PREFIX, Lane, Queue


def test_each_queue_has_an_exchange_of_its_own() -> None:
    queues = CELERY_SETTINGS["task_queues"]
    assert isinstance(queues, Mapping)
    assert set(queues) == {queue.value for queue in Queue}
    assert all(options["exchange"] == name for name, options in queues.items())


def test_every_key_of_ours_has_the_prefix() -> None:
    options = CELERY_SETTINGS["broker_transport_options"]
    assert isinstance(options, Mapping)
    assert options["global_keyprefix"] == KEY_PREFIX


def test_lanes_are_listed_from_urgent_to_patient() -> None:
    lanes = [lane.value for lane in Lane]
    assert (lanes[0], lanes[-1]) == ("contest", "rejudge")


def test_a_publisher_learns_at_once_that_the_broker_is_away() -> None:
    options = CELERY_SETTINGS["broker_transport_options"]
    assert isinstance(options, Mapping)
    assert options["max_retries"] == 0
