"""What is measured, for the Prometheus endpoint on the internal port."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
"""Of this service alone: several services share one process when tests run."""
ProcessCollector(registry=REGISTRY)

MAILS = Counter(
    "codeplace_mails_total", "Tries to send a mail.", ["kind", "outcome"], registry=REGISTRY
)
SMTP_SECONDS = Histogram(
    "codeplace_smtp_seconds", "Time that the mail server took.", registry=REGISTRY
)
MESSAGES_PARKED = Counter(
    "codeplace_messages_parked_total", "Messages that fit no schema.", registry=REGISTRY
)
