"""What is measured, for the Prometheus endpoint on the internal port."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
"""Of this service alone: several services share one process when tests run."""
ProcessCollector(registry=REGISTRY)

WAITING = Gauge(
    "codeplace_queue_waiting", "Judgements that wait for a grader.", ["lane"], registry=REGISTRY
)
OLDEST_SECONDS = Gauge(
    "codeplace_queue_oldest_seconds",
    "How long the oldest of them has waited.",
    ["lane"],
    registry=REGISTRY,
)
CLAIMED = Gauge(
    "codeplace_queue_claimed", "Judgements that a grader works on.", ["lane"], registry=REGISTRY
)
RUNG_AGAIN = Counter(
    "codeplace_rung_again_total",
    "Doorbells that the sweep had to ring again.",
    ["message"],
    registry=REGISTRY,
)
JOB_SECONDS = Histogram(
    "codeplace_upkeep_job_seconds", "Time of a periodic job.", ["job"], registry=REGISTRY
)
LEADING = Gauge("codeplace_beat_leading", "1 in the beat that leads.", registry=REGISTRY)
TICKS = Counter(
    "codeplace_beat_sent_total", "Periodic messages sent.", ["message"], registry=REGISTRY
)
MESSAGES_PARKED = Counter(
    "codeplace_messages_parked_total", "Messages that fit no schema.", registry=REGISTRY
)
