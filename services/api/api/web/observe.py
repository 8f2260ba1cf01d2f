"""Around each request: its id, its log line, its metrics, its headers."""

from __future__ import annotations

import re
import time

import structlog
from flask import Flask, Response, g, request

from api import metrics
from api.actor import VISITOR
from api.errors import NotFound
from api.logs import logger
from database.base import new_id

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
QUIET = frozenset({"health.live", "health.ready"})


def register(app: Flask) -> None:
    """Watch every request of the application."""
    app.before_request(_before)
    app.after_request(_after)


def _before() -> None:
    g.started = time.perf_counter()
    sent = request.headers.get("X-Request-ID", "")
    g.request_id = sent if REQUEST_ID.fullmatch(sent) else new_id().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(trace_id=g.request_id)
    if "\0" in request.path:
        # No name of ours holds NUL, and PostgreSQL refuses to look for one.
        raise NotFound


def _after(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "none"
    seconds = time.perf_counter() - g.started
    response.headers["X-Request-ID"] = g.request_id
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.vary.add("Accept-Language")
    metrics.REQUESTS.labels(request.method, route, response.status_code).inc()
    metrics.REQUEST_SECONDS.labels(route).observe(seconds)
    if request.endpoint not in QUIET:
        actor = g.get("actor", VISITOR)
        logger().info(
            "request",
            method=request.method,
            route=route,
            path=request.path,
            status=response.status_code,
            duration_ms=round(seconds * 1000, 1),
            user_id=str(actor.user_id) if actor.user_id else None,
            address=request.remote_addr,
            error=g.get("error_code"),
        )
    return response
