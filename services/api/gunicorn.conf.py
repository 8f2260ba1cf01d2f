# ruff: noqa: INP001 - gunicorn loads this file by its path
"""gunicorn for all roles of the api; the role comes from API_ROLE, all numbers from measurements.

One process for each core with few threads: one process with many threads spreads over the cores
and fights for the interpreter's lock. The live role holds thousands of open streams instead.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

_ROLE = os.environ.get("API_ROLE", "api")
_PORTS = {"api": ("18100", "19100"), "intake": ("18101", "19101"), "live": ("18102", "19102")}
_PORT, _METRICS_PORT = _PORTS.get(_ROLE, _PORTS["api"])
_INTAKE_NICENESS = 5
_TRIES = 60
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - memory, where a heartbeat waits for no disk


def _metrics_folder() -> str:
    """Make a folder in memory named after this process; take those of dead ones away."""
    base = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else Path(tempfile.gettempdir())
    for left in base.glob("codeplace-metrics-*"):
        owner = left.name.split("-")[2]
        if owner.isdecimal() and not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.mkdtemp(prefix=f"codeplace-metrics-{os.getpid()}-", dir=base)


if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _metrics_folder()

# Only now: the library looks for the shared folder when it is imported.
from prometheus_client import (  # noqa: E402
    CollectorRegistry,
    multiprocess,
    start_http_server,
)

bind = os.environ.get("BIND", f"127.0.0.1:{_PORT}")
proc_name = f"codeplace-{_ROLE}"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
worker_class = "gevent" if _ROLE == "live" else "gthread"
threads = 1 if _ROLE == "live" else int(os.environ.get("THREADS") or 4)
worker_connections = int(os.environ.get("LIVE_MAX_STREAMS") or 2000) + 100
worker_tmp_dir = str(_SHARED_MEMORY) if _SHARED_MEMORY.is_dir() else None
control_socket_disable = True
# Nginx keeps its connections to us open; ours must outlive its sixty seconds. A connection that
# had a stream is not used again, and would hold up a process that has to go.
keepalive = 1 if _ROLE == "live" else 75
timeout = 60
# Streams end at once when the live role goes away; requests get time to finish.
graceful_timeout = 5 if _ROLE == "live" else 30
# Only Nginx reaches this port. The application trusts as many hops as TRUSTED_PROXY_HOPS says.
forwarded_allow_ips = "127.0.0.1,::1"
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info")


def when_ready(server: Any) -> None:  # noqa: ANN401 - gunicorn's arbiter
    """Serve the sum of all processes' metrics on the internal port."""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    port = int(os.environ.get("METRICS_PORT") or _METRICS_PORT)
    address = bind.rsplit(":", 1)[0].strip("[]")

    def serve() -> None:
        for _ in range(_TRIES):
            try:
                start_http_server(port, addr=address, registry=registry)
            except OSError as error:
                # The one before us may still be going; serving people matters more anyway.
                server.log.warning("metrics are not served on port %s yet: %s", port, error)
                time.sleep(1)
            else:
                return

    threading.Thread(target=serve, name="metrics", daemon=True).start()


def post_fork(server: Any, worker: Any) -> None:  # noqa: ANN401, ARG001 - gunicorn's signature
    """Let intake give way to pages."""
    if _ROLE == "intake":
        os.nice(max(0, _INTAKE_NICENESS - os.nice(0)))


def post_worker_init(worker: Any) -> None:  # noqa: ANN401 - gunicorn's worker
    """Let streams end when their process has to go, so that readers move on at once."""
    subscriber = worker.wsgi.extensions.get("codeplace-live-subscriber")
    if subscriber:
        subscriber.end_when(lambda: not worker.alive)


def child_exit(server: Any, worker: Any) -> None:  # noqa: ANN401, ARG001 - gunicorn's signature
    """Forget the gauges of a process that ended."""
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:  # noqa: ANN401, ARG001 - gunicorn's signature
    """Leave nothing behind."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
