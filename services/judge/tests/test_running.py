"""One test case: the second chance at the border of the time limit, and what messages say."""

import os
import threading

import msgspec
import pytest

from contracts.judging import Checker, PlaygroundCase, RunFinished, RunLimits
from contracts.verdicts import Verdict
from judge.cases import SentCase
from judge.checkers import native
from judge.http.rig import LANGUAGE
from judge.languages.language import LanguageData
from judge.languages.registry import Installed
from judge.running import Trial, run_case
from judge.sandbox.fakes import FakeSlotPool, Scripted, SeenRun
from judge.sandbox.interface import Outcome, Report, Usage
from judge.slots import FairSlots, Turn
from judge.steps.execute import Runnable

FAKE = Installed(msgspec.yaml.decode(LANGUAGE, type=LanguageData))
CASE = SentCase(PlaygroundCase(ordinal=1, input=b"", answer=b"ok"))


def used(cpu_time_ms: int, outcome: Outcome = Outcome.EXITED) -> Scripted:
    exit_code = 0 if outcome is Outcome.EXITED else None
    usage = Usage(cpu_time_us=cpu_time_ms * 1000)
    return Scripted(Report(outcome, usage, exit_code=exit_code), stdout=b"ok")


def starved(cpu_time_ms: int) -> Scripted:
    usage = Usage(cpu_time_us=cpu_time_ms * 1000, wall_time_us=3_000_000)
    return Scripted(Report(Outcome.WALL_LIMIT, usage))


class Bench:
    """Runs that use what the list says, one after the other."""

    def __init__(self, comparer: native.Comparer, *script: Scripted) -> None:
        self._script = iter(script)
        self.pool = FakeSlotPool(self._next, size=2)
        self.slots = FairSlots(self.pool, 2)
        limits = RunLimits(cpu_time_ms=1000, memory_kib=65536)
        runnable = Runnable(FAKE, (), None, "main.fake", "")
        self.trial = Trial(runnable, limits, Checker(), comparer)

    def _next(self, _run: SeenRun) -> Scripted:
        return next(self._script)


@pytest.fixture(scope="session")
def comparer(tmp_path_factory: pytest.TempPathFactory) -> native.Comparer:
    return native.load(tmp_path_factory.mktemp("native"))


def test_on_a_quiet_machine_the_limit_is_the_limit(comparer: native.Comparer) -> None:
    bench = Bench(comparer, used(1000, Outcome.CPU_LIMIT))
    run = run_case(bench.slots.admit(), bench.trial, CASE)
    assert run.verdict is Verdict.TLE
    assert [seen.command.limits.cpu_time_ms for seen in bench.pool.runs] == [1000]


def test_a_little_too_slow_among_others_is_run_again_alone(comparer: native.Comparer) -> None:
    bench = Bench(comparer, used(1040), used(980))
    other = bench.slots.admit()
    other.slot()
    turn = bench.slots.admit()
    turn.slot()
    assert turn.machine_is_busy
    run = _run_while(other, turn, bench.trial)
    assert (run.verdict, run.cpu_time_ms) == (Verdict.AC, 980)
    assert [seen.command.limits.cpu_time_ms for seen in bench.pool.runs] == [1100, 1000]
    wall = {seen.command.limits.wall_time_ms for seen in bench.pool.runs}
    assert wall == {3000}


def test_the_better_time_counts_also_when_it_is_the_first(comparer: native.Comparer) -> None:
    bench = Bench(comparer, used(1010), used(1050))
    other, turn = bench.slots.admit(), bench.slots.admit()
    other.slot()
    run = _run_while(other, turn, bench.trial)
    assert (run.verdict, run.cpu_time_ms) == (Verdict.TLE, 1010)


def test_far_too_slow_is_not_run_again(comparer: native.Comparer) -> None:
    bench = Bench(comparer, used(1100, Outcome.CPU_LIMIT))
    other, turn = bench.slots.admit(), bench.slots.admit()
    other.slot()
    assert run_case(turn, bench.trial, CASE).verdict is Verdict.TLE
    assert len(bench.pool.runs) == 1


def _run_while(other: Turn, turn: Turn, trial: Trial) -> RunFinished:
    """The other leaves after a while, so that being alone becomes possible."""
    threading.Timer(0.05, other.leave).start()
    return run_case(turn, trial, CASE)


@pytest.fixture
def overloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (99.0, 99.0, 99.0))


def test_a_program_that_was_starved_gets_more_patience_once(
    comparer: native.Comparer, overloaded: None
) -> None:
    bench = Bench(comparer, starved(700), used(900))
    run = run_case(bench.slots.admit(), bench.trial, CASE)
    assert (run.verdict, run.cpu_time_ms) == (Verdict.AC, 900)
    assert [seen.command.limits.wall_time_ms for seen in bench.pool.runs] == [3000, 12000]


def test_an_idle_program_is_not_run_again_however_loaded_the_machine(
    comparer: native.Comparer, overloaded: None
) -> None:
    bench = Bench(comparer, starved(20))
    assert run_case(bench.slots.admit(), bench.trial, CASE).verdict is Verdict.TLE


def test_on_a_machine_with_time_to_spare_the_clock_decides(
    comparer: native.Comparer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getloadavg", lambda: (0.1, 0.1, 0.1))
    bench = Bench(comparer, starved(700))
    assert run_case(bench.slots.admit(), bench.trial, CASE).verdict is Verdict.TLE


@pytest.mark.parametrize(
    ("scripted", "verdict", "says"),
    [
        (starved(0), Verdict.TLE, "3000 ms passed on the clock"),
        (used(1001), Verdict.TLE, "more than 1000 ms of CPU time"),
        (used(5, Outcome.MEMORY_LIMIT), Verdict.MLE, "65536 KiB of memory"),
        (used(5, Outcome.OUTPUT_LIMIT), Verdict.OLE, "KiB of output"),
        (Scripted(Report(Outcome.SIGNALLED, signal=11)), Verdict.RTE, "signal 11 (SIGSEGV)"),
        (Scripted(Report(Outcome.SIGNALLED, signal=40)), Verdict.RTE, "signal 40"),
        (Scripted(Report(Outcome.EXITED, exit_code=7), stderr=b"bad\x00"), Verdict.RTE, "code 7"),
        (Scripted(stdout=b"no"), Verdict.WA, 'expected "ok", found "no"'),
    ],
)
def test_the_reason_is_told(
    comparer: native.Comparer, scripted: Scripted, verdict: Verdict, says: str
) -> None:
    bench = Bench(comparer, scripted)
    run = run_case(bench.slots.admit(), bench.trial, CASE)
    assert run.verdict is verdict
    assert says in run.message
    assert "\0" not in run.message
