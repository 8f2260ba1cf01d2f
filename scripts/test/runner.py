"""Running the layers: install what they need, start the stack some share, tell what came of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from scripts.local_run import needs, stack
from scripts.local_run.faults import Fault
from scripts.local_run.places import Place, Ports
from scripts.local_run.say import say
from scripts.test.layers import Layer, chosen
from scripts.test.outcome import Outcome

WIDTH = 78


@dataclass(frozen=True)
class Row:
    """One line of the table at the end."""

    name: str
    outcome: Outcome
    seconds: float


def run(place: Place, names: list[str]) -> int:
    """Run the chosen layers and return the exit code. In CI a skip is a failure."""
    in_ci = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    layers = chosen(names)
    stack.prepare(place)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="codeplace-test-") as folder:
        shared = _SharedStack(place, Path(folder))
        try:
            for layer in layers:
                if not layer.needs_stack:
                    shared.stop()
                rows.append(_run_layer(place, layer, shared))
        finally:
            shared.stop()
    return _sum_up(rows, in_ci=in_ci)


def _run_layer(place: Place, layer: Layer, shared: _SharedStack) -> Row:
    say(f"\n{'─' * WIDTH}\n{layer.name}: {layer.what}\n{'─' * WIDTH}")
    begin = time.monotonic()
    obstacle = layer.obstacle() or _install(place, layer)
    if obstacle:
        say(f"skipped: {obstacle}")
        outcome = Outcome(skipped=1, why_skipped=[obstacle])
    elif layer.needs_stack:
        try:
            with shared.running():
                outcome = layer.run(place)
        except Fault as fault:
            say(f"✗ {fault}\n→ {fault.remedy}")
            outcome = Outcome(failed=1)
    else:
        outcome = layer.run(place)
    return Row(layer.name, outcome, time.monotonic() - begin)


def _install(place: Place, layer: Layer) -> str:
    missing = [need.package for need in layer.packages if not need.present()]
    if not missing:
        return ""
    try:
        needs.install(place, missing)
    except Fault as fault:
        return f"{fault} {fault.remedy}"
    still = [need.package for need in layer.packages if not need.present()]
    return f"still missing after installing: {', '.join(still)}" if still else ""


class _SharedStack:
    """A second stack on free ports, started when first asked for; found by its data folder."""

    def __init__(self, place: Place, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._environment: dict[str, str] = {}

    @contextmanager
    def running(self) -> Iterator[None]:
        if not self._environment:
            self._start()
        before = dict(os.environ)
        os.environ.update(self._environment)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)

    def _start(self) -> None:
        # Supervisord's socket and the cluster's user want a short, reachable path.
        self._folder.chmod(0o755)
        names = [field.name for field in fields(Ports)]
        ports = zip(names, free_ports(len(names)), strict=True)
        self._environment = {
            "CODEPLACE_DATA_DIR": str(self._folder / "data"),
            **{f"CODEPLACE_{name.upper()}_PORT": str(port) for name, port in ports},
        }
        if self._command("start"):
            self.stop()
            raise Fault("The stack for the tests did not start.", "The reason stands above.")

    def stop(self) -> None:
        if not self._environment:
            return
        self._command("stop")
        _keep_logs(self._place, self._folder / "data" / "logs")
        self._command("reset")
        self._environment = {}

    def _command(self, word: str) -> int:
        argv = [str(self._place.python), "-m", "scripts.local_run", word]
        environment = {**os.environ, **self._environment, "FORCE": "1"}
        done = subprocess.run(argv, cwd=self._place.root, env=environment, check=False)
        return done.returncode


def free_ports(number: int) -> list[int]:
    """Return ports that nobody uses now, all different."""
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _keep_logs(place: Place, logs: Path) -> None:
    """Leave the stack's logs where a person can read them after the tests."""
    kept = place.shared / "logs" / "test-stack"
    shutil.rmtree(kept, ignore_errors=True)
    if logs.is_dir():
        shutil.copytree(logs, kept)


def _sum_up(rows: list[Row], *, in_ci: bool) -> int:
    total = Outcome()
    say(f"\n{'─' * WIDTH}")
    for row in rows:
        outcome = row.outcome
        counts = f"{outcome.passed:5} passed {outcome.failed:3} failed {outcome.skipped:3} skipped"
        say(f"{row.name:<13} {counts} {row.seconds:7.0f} s")
        for why in dict.fromkeys(outcome.why_skipped):
            say(f"{'':<13} skipped: {why}")
        total.add(outcome)
    if in_ci and total.skipped:
        say(f"In CI nothing may be skipped: {total.skipped} skipped count as failed.")
        total.failed, total.skipped = total.failed + total.skipped, 0
    skipped = f", {total.skipped} skipped" if total.skipped else ""
    say(f"{total.passed} passed, {total.failed} failed{skipped}")
    return 1 if total.failed else 0
