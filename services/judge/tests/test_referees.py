"""The jury's checkers and interactors with fake boxes: what they are given, what follows."""

from collections.abc import Mapping

import msgspec
import pytest

from contracts.judging import (
    Checker,
    CheckerProtocol,
    PlaygroundCase,
    RunFinished,
    RunLimits,
)
from contracts.verdicts import Verdict
from judge.cases import SentCase
from judge.checkers import native
from judge.errors import MachineryError
from judge.http.rig import LANGUAGE
from judge.interacting import run_interactive_case
from judge.languages.entry import Prepared
from judge.languages.language import LanguageData
from judge.languages.registry import Installed
from judge.referee import Referee
from judge.running import Trial, run_case
from judge.sandbox.fakes import FakeSlotPool, Scripted, SeenRun
from judge.sandbox.interface import Outcome, Report, Usage
from judge.slots import FairSlots
from judge.steps.execute import Runnable
from judge.steps.referee import Decider

FAKE = Installed(msgspec.yaml.decode(LANGUAGE, type=LanguageData))
PREPARED = Prepared((), "main.fake")
CASE = SentCase(PlaygroundCase(ordinal=1, input=b"the input", answer=b"the answer"))
FINE = Scripted(Report(Outcome.EXITED, exit_code=0), stdout=b"the output")


def ending(
    outcome: Outcome = Outcome.EXITED,
    *,
    code: int | None = None,
    number: int | None = None,
    at: int = 0,
    leaves: Mapping[str, bytes] | None = None,
) -> Scripted:
    usage = Usage(cpu_time_us=1000, wall_time_us=2000)
    report = Report(outcome, usage, exit_code=code, signal=number, finished_at_ns=at)
    return Scripted(report, leaves=leaves or {})


class Court:
    """A program and a referee that do what the test says."""

    def __init__(self, program: Scripted, referee: Scripted, size: int = 2) -> None:
        self._program, self._referee = program, referee
        self.pool = FakeSlotPool(self._behave, size=size)
        self.slots = FairSlots(self.pool, 0)

    def _behave(self, run: SeenRun) -> Scripted:
        return (
            self._referee
            if run.command.argv[0] == "program" and self.is_referee(run)
            else (self._program)
        )

    def is_referee(self, run: SeenRun) -> bool:
        return ".judge/answer" in run.files

    @property
    def seen(self) -> SeenRun:
        return next(run for run in self.pool.runs if self.is_referee(run))

    def trial(self, protocol: CheckerProtocol = CheckerProtocol.KATTIS) -> Trial:
        referee = Referee(
            FAKE, PREPARED, RunLimits(cpu_time_ms=3000, memory_kib=4096), ("a b", "-x"), protocol
        )
        runnable = Runnable(FAKE, (), None, "main.fake", "")
        return Trial(
            runnable,
            RunLimits(cpu_time_ms=1000, memory_kib=65536),
            Checker(),
            native.Comparer.__new__(native.Comparer),  # nobody may ask it
            decider=Decider(referee, runnable),
        )

    def check(self, protocol: CheckerProtocol = CheckerProtocol.KATTIS) -> RunFinished:
        turn = self.slots.admit()
        try:
            return run_case(turn, self.trial(protocol), CASE)
        finally:
            turn.leave()

    def interact(self) -> RunFinished:
        turn, trial = self.slots.admit(), self.trial()
        assert trial.decider is not None
        try:
            return run_interactive_case(turn, trial, trial.decider, CASE)
        finally:
            turn.leave()


def test_a_kattis_checker_finds_its_files_and_reads_the_output() -> None:
    court = Court(FINE, ending(code=42))
    assert court.check().verdict is Verdict.AC
    assert court.seen.command.argv[1:] == (
        "/box/.judge/input", "/box/.judge/answer", "/box/.judge/feedback/", "a b", "-x"
    )  # fmt: skip
    assert court.seen.stdin == b"the output"
    assert court.seen.files[".judge/input"] == b"the input"
    assert court.seen.files[".judge/answer"] == b"the answer"
    assert court.seen.command.limits.cpu_time_ms == 3000


def test_the_program_never_has_the_jurys_files_in_its_box() -> None:
    court = Court(FINE, ending(code=42))
    court.check()
    assert not any(".judge" in name for name in court.pool.runs[0].files)


def test_a_testlib_checker_gets_three_files_and_no_input() -> None:
    court = Court(FINE, ending(code=0))
    assert court.check(CheckerProtocol.TESTLIB).verdict is Verdict.AC
    assert court.seen.command.argv[1:4] == (
        "/box/.judge/input", "/box/.judge/output", "/box/.judge/answer"
    )  # fmt: skip
    assert court.seen.files[".judge/output"] == b"the output"
    assert court.seen.command.stdin is None


def test_what_a_checker_writes_is_for_people_only() -> None:
    written = {
        ".judge/feedback/judgemessage.txt": b"accepted 42\x00",
        ".judge/feedback/teammessage.txt": b"look at the sign",
    }
    run = Court(FINE, ending(code=43, leaves=written)).check()
    assert run.verdict is Verdict.WA
    assert (run.message, run.team_message) == ("accepted 42", "look at the sign")


@pytest.mark.parametrize(
    "ended",
    [
        ending(code=0),
        ending(code=1),
        ending(Outcome.SIGNALLED, number=11),
        ending(Outcome.CPU_LIMIT),
        ending(Outcome.MEMORY_LIMIT),
        ending(Outcome.BROKEN),
    ],
)
def test_a_checker_without_an_answer_says_nothing_about_the_program(ended: Scripted) -> None:
    with pytest.raises(MachineryError, match="the checker gave no answer"):
        Court(FINE, ended).check()


def test_a_program_that_failed_is_not_checked() -> None:
    court = Court(ending(code=3), ending(code=42))
    assert court.check().verdict is Verdict.RTE
    assert len(court.pool.runs) == 1


def test_one_slot_is_enough_for_a_checker() -> None:
    assert Court(FINE, ending(code=42), size=1).check().verdict is Verdict.AC


def test_an_interactor_that_accepts_decides() -> None:
    assert Court(ending(code=0, at=2), ending(code=42, at=1)).interact().verdict is Verdict.AC


def test_an_interactor_that_refused_first_ends_the_program() -> None:
    court = Court(ending(code=1, at=2), ending(code=43, at=1))
    assert court.interact().verdict is Verdict.WA


def test_a_program_that_failed_first_is_to_blame() -> None:
    assert Court(ending(code=1, at=1), ending(code=43, at=2)).interact().verdict is Verdict.RTE


def test_an_interactor_that_crashed_says_nothing_about_the_program() -> None:
    court = Court(ending(code=0, at=2), ending(Outcome.SIGNALLED, number=6, at=1))
    with pytest.raises(MachineryError, match="the interactor gave no answer: signal 6"):
        court.interact()


def test_an_interactor_has_more_time_on_the_clock_than_its_program() -> None:
    court = Court(ending(code=0, at=2), ending(code=42, at=1))
    court.interact()
    program = next(run for run in court.pool.runs if not court.is_referee(run))
    its, ours = program.command.limits, court.seen.command.limits
    assert ours.effective_wall_time_ms > 4 * its.effective_wall_time_ms


def test_one_slot_is_not_enough_for_two_who_talk() -> None:
    with pytest.raises(MachineryError, match="2 slots wanted"):
        Court(FINE, ending(code=42), size=1).interact()
