"""The story of one request: compile, run each test case, finish. Says it as a row of events.

Whose fault something is stays apart: a program's failure is a verdict in the stream, ours is
`Finished(broken=…)`, and nobody waiting any more is CancelledError.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from contracts.judging import (
    Checker,
    Compiling,
    Event,
    Finished,
    RunFinished,
    RunLimits,
)
from contracts.verdicts import Verdict
from judge.building import Builder
from judge.cases import Case
from judge.checkers.native import Comparer
from judge.errors import MachineryError
from judge.interacting import run_interactive_case
from judge.languages.entry import Prepared
from judge.languages.registry import Installed
from judge.referee import Referee
from judge.running import Trial, run_case
from judge.sandbox.interface import SandboxError
from judge.slots import Turn
from judge.steps import Broken
from judge.steps.execute import Runnable
from judge.steps.referee import Decider

Emit = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be judged, checked and with all its data at hand."""

    language: Installed
    prepared: Prepared
    limits: RunLimits
    cases: Sequence[Case]
    checker: Checker = field(default_factory=Checker)
    stop_at_failure: bool = True
    capture_bytes: int | None = None
    referee: Referee | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """The tools for judging."""

    builder: Builder
    comparer: Comparer


def judge(bench: Bench, order: Order, turn: Turn, emit: Emit) -> None:
    """Judge it, telling each event as it happens."""
    try:
        turn.slot()
        emit(Compiling())
        built = bench.builder.build(turn, order.language, order.prepared)
        if isinstance(built, Broken):
            emit(Finished(broken=built.reason))
            return
        emit(built.event)
        if built.runnable is not None:
            with closing(built.runnable), _decider(bench, order, turn) as decider:
                _run_cases(bench, order, turn, (built.runnable, decider), emit)
        emit(Finished())
    except (MachineryError, SandboxError, OSError) as error:
        turn.check()
        emit(Finished(broken=f"{type(error).__name__}: {error}"))


@contextmanager
def _decider(bench: Bench, order: Order, turn: Turn) -> Iterator[Decider | None]:
    """The jury's checker or interactor, compiled once for all test cases."""
    referee = order.referee
    if referee is None:
        yield None
        return
    built = bench.builder.build(turn, referee.language, referee.prepared)
    if isinstance(built, Broken):
        raise MachineryError(built.reason)
    if built.runnable is None:
        raise MachineryError(f"the jury's program does not compile: {built.event.output}")
    with closing(built.runnable):
        yield Decider(referee, built.runnable)


def _run_cases(
    bench: Bench, order: Order, turn: Turn, ready: tuple[Runnable, Decider | None], emit: Emit
) -> None:
    runnable, decider = ready
    trial = Trial(
        runnable=runnable,
        limits=order.limits,
        checker=order.checker,
        comparer=bench.comparer,
        capture_bytes=order.capture_bytes,
        decider=decider,
    )
    failed = False
    for case in order.cases:
        if failed and order.stop_at_failure:
            emit(RunFinished(ordinal=case.ordinal, verdict=Verdict.SK))
            continue
        if decider is not None and decider.referee.interactive:
            run = run_interactive_case(turn, trial, decider, case)
        else:
            run = run_case(turn, trial, case)
        emit(run)
        failed = failed or run.verdict is not Verdict.AC
