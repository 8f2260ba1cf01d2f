"""Become Nginx, after ending the workers that a killed master left behind.

Nginx's workers outlive a master that was killed, and keep its port. In a container they die with
it; under our supervisor they must be ended first. The arguments are Nginx's command line.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from scripts.local_run.orphans import send, state_and_session

PATIENCE_S = 5.0


def leftovers(binary: Path, session: int) -> list[int]:
    """Return the processes of this binary in our supervisor's session: there should be none."""
    found = []
    for link in Path("/proc").glob("[0-9]*/exe"):
        pid = int(link.parts[2])
        try:
            if link.readlink() == binary and state_and_session(pid)[1] == session:
                found.append(pid)
        except OSError:
            continue
    return found


def end_leftovers(binary: Path) -> None:
    session = os.getsid(0)
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + PATIENCE_S
        for pid in leftovers(binary, session):
            send(pid, number)
        while leftovers(binary, session) and time.monotonic() < deadline:
            time.sleep(0.05)


if __name__ == "__main__":
    end_leftovers(Path(sys.argv[1]).resolve())
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the command line we were given
