"""Processes of a stack whose supervisor was killed: nobody restarts or stops them any more.

A stack's processes carry its mark in their environment, and share the supervisor's session with
those that overwrite theirs (PostgreSQL, Nginx). No number is remembered that may by now be somebody
else's.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from scripts.local_run.faults import Fault
from scripts.local_run.say import step

MARK = "CODEPLACE_STACK"
POLITE_S = 15
FIRM_S = 5


def find(mark: str) -> list[int]:
    """Return the processes that carry the mark, as far as we may look."""
    wanted = f"{MARK}={mark}".encode()
    sessions: dict[int, int] = {}
    marked = set()
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        try:
            state, session = state_and_session(pid)
            if state == "Z":
                continue
            sessions[pid] = session
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                marked.add(pid)
        except OSError:
            continue
    ours = {sessions[pid] for pid in marked}
    return sorted(pid for pid, session in sessions.items() if pid in marked or session in ours)


def end(mark: str) -> None:
    """Ask what is left over to stop, then make it."""
    if not find(mark):
        return
    with step("Stopping what an earlier run left behind"):
        for number, patience_s in ((signal.SIGTERM, POLITE_S), (signal.SIGKILL, FIRM_S)):
            for pid in find(mark):
                send(pid, number)
            deadline = time.monotonic() + patience_s
            while find(mark) and time.monotonic() < deadline:
                time.sleep(0.1)
    left = find(mark)
    if left:
        raise Fault(f"These processes do not stop: {left}.", "Stop them by hand, then try again.")


def send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def is_alive(pid: int) -> bool:
    """Tell whether a process exists and is no zombie."""
    try:
        return state_and_session(pid)[0] != "Z"
    except OSError:
        return False


def state_and_session(pid: int) -> tuple[str, int]:
    # The name in parentheses may hold blanks and parentheses of its own.
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return fields[0], int(fields[3])
