from __future__ import annotations

from celery import Celery
from celery.beat import ScheduleEntry, Scheduler

from contracts.messages import BY_NAME, load
from scheduler.timetable import TIMETABLE, beat_schedule


def test_every_entry_has_a_reason_and_is_sent_once() -> None:
    assert all(entry.reason and entry.every_s > 0 for entry in TIMETABLE)
    assert len({entry.message.NAME for entry in TIMETABLE}) == len(TIMETABLE)


def test_what_beat_sends_can_be_read() -> None:
    for name, entry in beat_schedule().items():
        message = load(BY_NAME[name], entry["kwargs"])
        assert entry["options"]["queue"] == message.queue.value
        assert entry["options"]["expires"] >= entry["schedule"]


def test_a_new_leader_does_each_job_at_once() -> None:
    sent: list[str] = []

    class Recording(Scheduler):  # type: ignore[misc]  # Celery has no types
        producer = None

        def apply_async(self, entry: ScheduleEntry, *_: object, **__: object) -> None:
            sent.append(entry.task)

    app = Celery("scheduler", set_as_current=False)
    app.conf.beat_schedule = beat_schedule()
    beat = Recording(app=app)
    for _ in TIMETABLE:
        beat.tick()
    assert set(sent) == {entry.message.NAME for entry in TIMETABLE}
