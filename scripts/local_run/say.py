"""What the local run says to the person in front of it: one line for each step."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.local_run.faults import Fault

TAIL_LINES = 25
QUICK_S = 1.0


def say(text: str = "") -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what begins, and when it took a while how long."""
    say(f"• {text} …")
    begin = time.monotonic()
    yield
    took = time.monotonic() - begin
    if took >= QUICK_S:
        say(f"    done in {took:.0f} s")


def run_quietly(
    argv: Sequence[str | Path],
    *,
    log: Path,
    remedy: str,
    cwd: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> None:
    """Run a command with its words in `log`; when it fails, show the last of them and stop."""
    log.parent.mkdir(parents=True, exist_ok=True)
    words = [str(word) for word in argv]
    with log.open("wb") as output:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise Fault(f"{' '.join(words)} failed with {done.returncode}:\n{tail(log)}", remedy)


def tail(path: Path, lines: int = TAIL_LINES) -> str:
    """Return the last lines of a file, indented, for showing below a sentence."""
    if not path.exists():
        return "    (no output)"
    text = path.read_text(errors="replace").splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in text) or "    (no output)"
