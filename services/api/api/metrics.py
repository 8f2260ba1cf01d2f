"""What is measured. gunicorn's master serves the sum of all processes on the internal port."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter(
    "codeplace_http_requests_total", "Answered requests.", ["method", "route", "status"]
)
REQUEST_SECONDS = Histogram(
    "codeplace_http_request_seconds",
    "Time to answer a request.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
MESSAGES_SENT = Counter("codeplace_messages_sent_total", "Messages put on a queue.", ["message"])
MESSAGES_LOST = Counter(
    "codeplace_messages_lost_total", "Messages that the sweep has to send again.", ["message"]
)
LOGINS = Counter("codeplace_logins_total", "Tries to sign in.", ["outcome"])
RATE_LIMITED = Counter("codeplace_rate_limited_total", "Requests turned away.", ["limit"])
LIVE_STREAMS = Gauge("codeplace_live_streams", "Open event streams.", multiprocess_mode="livesum")
LIVE_EVENTS = Counter("codeplace_live_events_total", "Events written to streams.")
LIVE_RECONNECTS = Counter("codeplace_live_reconnects_total", "Lost connections to Redis.")
