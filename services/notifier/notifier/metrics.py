"""What is measured, for the Prometheus endpoint on the internal port."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

MAILS = Counter("codeplace_mails_total", "Tries to send a mail.", ["kind", "outcome"])
SMTP_SECONDS = Histogram("codeplace_smtp_seconds", "Time that the mail server took.")
MESSAGES_PARKED = Counter("codeplace_messages_parked_total", "Messages that fit no schema.")
