"""`python -m scheduler beat | upkeep` works until SIGTERM; `health` says whether it could."""

from __future__ import annotations

import argparse

# Threads that need this codec for the first time at the same moment can leave Python without it for
# good ("unknown encoding: idna", on every request of that process), so it is loaded before them.
import encodings.idna  # noqa: F401
import os
import sys

from prometheus_client import start_http_server

from scheduler import logs, metrics
from scheduler.app import run_beat, run_upkeep
from scheduler.health import faults
from scheduler.settings import Settings, SettingsError


def main() -> int:
    """Run the sub-command and return the exit status."""
    parser = argparse.ArgumentParser(prog="scheduler", description=__doc__)
    parser.add_argument("command", choices=["beat", "upkeep", "health"])
    command = parser.parse_args().command
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.stderr.write(f"scheduler: {error}\n")
        return 2
    if command == "health":
        found = faults(settings)
        sys.stdout.write("\n".join(found or ["ok"]) + "\n")
        return 1 if found else 0
    logs.configure(settings.log_level, settings.log_format)
    if settings.metrics_port:
        start_http_server(settings.metrics_port, registry=metrics.REGISTRY)
    if command == "beat":
        run_beat(settings)
    else:
        run_upkeep(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
