"""What came of a layer, and reading it from the reports that pytest and vitest write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

NO_TESTS = 5
"""pytest found no test that fits the markers, which is for the caller to judge."""


@dataclass
class Outcome:
    """Counts of a layer; `why_skipped` tells in words what did not run."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    why_skipped: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.why_skipped += other.why_skipped


def from_junit(report: Path, exit_code: int) -> Outcome:
    """Read a JUnit report; a run that ended badly without a failed test counts as one failure."""
    if exit_code == NO_TESTS:
        return Outcome()
    outcome = Outcome()
    if report.exists():
        for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - our own report
            skipped = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                outcome.failed += 1
            elif skipped is not None:
                outcome.skipped += 1
                outcome.why_skipped.append(skipped.get("message", ""))
            else:
                outcome.passed += 1
    if exit_code not in {0, 1} or (exit_code == 1 and not outcome.failed):
        outcome.failed += 1
    return outcome


def from_vitest(words: str, exit_code: int) -> Outcome:
    """Read vitest's last lines ("Tests  2 failed | 61 passed (63)"); without them, one check."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", words)
    found = re.findall(r"^\s*Tests\s+(.*)$", plain, re.MULTILINE)
    outcome = Outcome()
    for line in found:
        counts = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", line)}
        outcome.passed += counts.get("passed", 0)
        outcome.failed += counts.get("failed", 0)
        outcome.skipped += counts.get("skipped", 0) + counts.get("todo", 0)
    if exit_code and not outcome.failed:
        outcome.failed = 1
    if not found and not exit_code:
        outcome.passed = 1
    return outcome
