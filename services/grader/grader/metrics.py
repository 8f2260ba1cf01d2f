"""What is measured, for the Prometheus endpoint on the internal port."""

from __future__ import annotations

from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from contracts.verdicts import Verdict
from grader.work import Claim

REGISTRY = CollectorRegistry()
"""Of this service alone: several services share one process when tests run."""
ProcessCollector(registry=REGISTRY)

JUDGEMENTS = Counter(
    "codeplace_judgements_total",
    "Judgements finished, by verdict.",
    ["lane", "language", "verdict"],
    registry=REGISTRY,
)
TIME_TO_VERDICT_SECONDS = Histogram(
    "codeplace_time_to_verdict_seconds",
    "From queued to finished.",
    ["lane", "language"],
    buckets=(0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300, 900),
    registry=REGISTRY,
)
RUNS = Counter("codeplace_runs_total", "Runs that judges reported.", registry=REGISTRY)
PLAYGROUND_RUNS = Counter(
    "codeplace_playground_runs_total", "Playground runs finished.", registry=REGISTRY
)
CLAIMS_LOST = Counter(
    "codeplace_claims_lost_total", "Claims taken over by another grader.", registry=REGISTRY
)
MACHINERY_FAILURES = Counter(
    "codeplace_machinery_failures_total",
    "Judgings that ended by a fault of ours.",
    registry=REGISTRY,
)
JUDGE_SLOTS = Gauge(
    "codeplace_judge_slots", "Slots of the judges that are ready.", registry=REGISTRY
)
JUDGE_SLOTS_BUSY = Gauge(
    "codeplace_judge_slots_busy", "Slots that this grader holds.", registry=REGISTRY
)
JUDGES_READY = Gauge("codeplace_judges_ready", "Judges that take work.", registry=REGISTRY)
MESSAGES_PARKED = Counter(
    "codeplace_messages_parked_total", "Messages that fit no schema.", registry=REGISTRY
)
DOORBELLS_LOST = Counter(
    "codeplace_doorbells_lost_total", "Doorbells that Redis did not take.", registry=REGISTRY
)


def finished(claim: Claim, verdict: Verdict, runs: int) -> None:
    """Count a finished judgement."""
    lane, language = claim.lane.value, claim.material.language_id
    JUDGEMENTS.labels(lane, language, verdict.value).inc()
    RUNS.inc(runs)
    waited = datetime.now(UTC) - claim.created_at
    TIME_TO_VERDICT_SECONDS.labels(lane, language).observe(max(0.0, waited.total_seconds()))
