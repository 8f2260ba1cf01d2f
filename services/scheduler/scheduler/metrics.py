"""What is measured, for the Prometheus endpoint on the internal port."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

WAITING = Gauge("codeplace_queue_waiting", "Judgements that wait for a grader.", ["lane"])
OLDEST_SECONDS = Gauge(
    "codeplace_queue_oldest_seconds", "How long the oldest of them has waited.", ["lane"]
)
CLAIMED = Gauge("codeplace_queue_claimed", "Judgements that a grader works on.", ["lane"])
RUNG_AGAIN = Counter(
    "codeplace_rung_again_total", "Doorbells that the sweep had to ring again.", ["message"]
)
JOB_SECONDS = Histogram("codeplace_upkeep_job_seconds", "Time of a periodic job.", ["job"])
LEADING = Gauge("codeplace_beat_leading", "1 in the beat that leads.")
TICKS = Counter("codeplace_beat_sent_total", "Periodic messages sent.", ["message"])
MESSAGES_PARKED = Counter("codeplace_messages_parked_total", "Messages that fit no schema.")
