"""Running the layers: install what they need, start the stack some share, tell what came of it."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.local_run import needs, stack
from scripts.local_run.faults import Fault
from scripts.local_run.places import Place
from scripts.local_run.say import say
from scripts.test.layers import Layer, chosen
from scripts.test.outcome import Outcome
from scripts.test.shared_stack import SharedStack

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
        shared = SharedStack(place, Path(folder))
        try:
            for layer in layers:
                if not layer.needs_stack:
                    shared.stop()
                rows.append(_run_layer(place, layer, shared))
        finally:
            shared.stop()
    return _sum_up(rows, in_ci=in_ci)


def _run_layer(place: Place, layer: Layer, shared: SharedStack) -> Row:
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
