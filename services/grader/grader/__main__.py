"""`python -m grader` works until SIGTERM; `python -m grader health` says whether it could."""

from __future__ import annotations

import argparse

# Threads that need this codec for the first time at the same moment can leave Python without it for
# good ("unknown encoding: idna", on every request of that process), so it is loaded before them.
import encodings.idna  # noqa: F401
import os
import sys

from prometheus_client import start_http_server

from grader import logs, metrics
from grader.app import run
from grader.health import faults
from grader.settings import Settings, SettingsError


def main() -> int:
    """Run the sub-command and return the exit status."""
    parser = argparse.ArgumentParser(prog="grader", description=__doc__)
    parser.add_argument("command", nargs="?", choices=["work", "health"], default="work")
    command = parser.parse_args().command
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.stderr.write(f"grader: {error}\n")
        return 2
    if command == "health":
        found = faults(settings)
        sys.stdout.write("\n".join(found or ["ok"]) + "\n")
        return 1 if found else 0
    logs.configure(settings.log_level, settings.log_format)
    if settings.metrics_port:
        start_http_server(settings.metrics_port, registry=metrics.REGISTRY)
    run(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
