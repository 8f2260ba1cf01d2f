"""What a judging costs beside the program itself: N test cases of a C++ A+B, split into parts.

Run with nothing else on the machine: `python services/judge/bench/judging.py [--tests 200]`.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contracts.judging import (
    Event,
    PlaygroundCase,
    Program,
    RunLimits,
    SourceFile,
)
from judge import logs
from judge.cases import SentCase
from judge.cli import opened_workshop
from judge.judging import Order, judge
from judge.languages.entry import prepare
from judge.opening import precompile
from judge.sandbox.interface import Report
from judge.sandbox.pool import BoxdSlot
from judge.workshop import Workshop

SOURCE = """#include <bits/stdc++.h>
int main() { long long a, b; std::cin >> a >> b; std::cout << a + b << '\\n'; } // %d
"""


class Clock:
    """Collects how long the parts took."""

    def __init__(self) -> None:
        self.runs: list[float] = []
        self.boxed: list[float] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        run = BoxdSlot.run

        def timed_run(slot: BoxdSlot, command: object) -> Report:
            started = time.perf_counter()
            report = run(slot, command)  # type: ignore[arg-type]
            self.runs.append(time.perf_counter() - started)
            self.boxed.append(report.usage.cpu_time_us / 1e6)
            return report

        BoxdSlot.run = timed_run  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            BoxdSlot.run = run  # type: ignore[method-assign]


def order(workshop: Workshop, number: int, tests: int) -> Order:
    language = workshop.registry.find("cpp")
    source = SourceFile(name="main.cpp", content=(SOURCE % number).encode())
    cases = [
        SentCase(PlaygroundCase(ordinal=n, input=b"%d 1\n" % n, answer=b"%d\n" % (n + 1)))
        for n in range(tests)
    ]
    return Order(
        language=language,
        prepared=prepare(language.data, Program(language="cpp", files=[source])),
        limits=RunLimits(cpu_time_ms=1000, memory_kib=262144),
        cases=cases,
    )


def measure(workshop: Workshop, number: int, tests: int) -> dict[str, float]:
    clock = Clock()
    times: list[float] = []

    def tell(_event: Event) -> None:
        times.append(time.perf_counter())

    turn = workshop.slots.own_turn()
    started = time.perf_counter()
    cpu_before = time.process_time()
    with clock.watching():
        judge(workshop.bench, order(workshop, number, tests), turn, tell)
    turn.leave()
    compiled, last = times[1], times[-2]
    each = (last - compiled) / tests
    boxes = statistics.fmean(clock.runs[-tests:])
    return {
        "compile ms": 1000 * (compiled - started),
        "tests ms": 1000 * (last - compiled),
        "each ms": 1000 * each,
        "box ms": 1000 * boxes,
        "beside the box ms": 1000 * (each - boxes),
        "judge's own cpu ms": 1000 * (time.process_time() - cpu_before) / tests,
        "program cpu ms": 1000 * statistics.fmean(clock.boxed[-tests:]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    logs.configure("warning", "text")
    cache = Path(tempfile.gettempdir()) / "codeplace-judge-bench"
    with opened_workshop(cache, frozenset({"cpp"})) as workshop:
        precompile(workshop)
        now = time.time_ns()
        rounds = [measure(workshop, now + n, wanted.tests) for n in range(wanted.rounds)]
    for name in rounds[0]:
        values = sorted(each[name] for each in rounds)
        print(f"{name:20} median {statistics.median(values):9.3f}  best {values[0]:9.3f}")


if __name__ == "__main__":
    main()
