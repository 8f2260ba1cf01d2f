"""Judging a folder without HTTP: reading it, and what is said about a program."""

from pathlib import Path

import pytest

from contracts.judging import (
    CheckerKind,
    CheckerProgram,
    CheckerProtocol,
    Compiled,
    Compiling,
    Event,
    Finished,
    RunFinished,
)
from contracts.verdicts import Verdict
from judge.cli import main, summarise, table
from judge.errors import MalformedRequestError
from judge.folder import checker_from, read

COMPILED = [Compiling(), Compiled(ok=True)]


def problem(folder: Path, described: str = "name: x\n") -> Path:
    secret = folder / "data" / "secret"
    secret.mkdir(parents=True)
    (folder / "problem.yaml").write_text(described)
    (secret / "1.in").write_text("1\n")
    (secret / "1.ans").write_text("2\n")
    return folder


def run(verdict: Verdict, ordinal: int = 1) -> RunFinished:
    return RunFinished(ordinal=ordinal, verdict=verdict, message="why\nmore")


def test_limits_are_read_in_the_packages_units(tmp_path: Path) -> None:
    folder = problem(tmp_path, "limits: {time_limit: 1.5, memory: 64, output: 2}\n")
    limits = read(folder).limits
    assert (limits.cpu_time_ms, limits.memory_kib, limits.output_kib) == (1500, 65536, 2048)


def test_cases_are_numbered_through_samples_first(tmp_path: Path) -> None:
    folder = problem(tmp_path)
    sample = folder / "data" / "sample"
    sample.mkdir()
    (sample / "a.in").write_text("")
    (sample / "a.ans").write_text("")
    assert [(case.ordinal, case.name) for case in read(folder).cases] == [
        (1, "sample/a"),
        (2, "secret/1"),
    ]


def test_an_input_without_an_answer_is_refused(tmp_path: Path) -> None:
    folder = problem(tmp_path)
    (folder / "data" / "secret" / "1.ans").unlink()
    with pytest.raises(MalformedRequestError, match=r"no \.ans"):
        read(folder)


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedRequestError, match="no test case"):
        read(tmp_path)


def test_the_checkers_flags_are_those_of_the_default_validator() -> None:
    assert checker_from([]).kind is CheckerKind.TOKENS
    floats = checker_from(["float_tolerance", "1e-6", "case_sensitive"])
    assert floats.kind is CheckerKind.FLOATS
    assert (floats.float_absolute_tolerance, floats.float_relative_tolerance) == (1e-6, 1e-6)
    assert floats.case_sensitive
    assert checker_from(["float_relative_tolerance", "0.1"]).float_absolute_tolerance is None
    with pytest.raises(MalformedRequestError):
        checker_from(["fuzzy"])


def validator(folder: Path, name: str = "output_validator/check.cpp") -> Path:
    path = problem(folder) / name
    path.parent.mkdir(parents=True)
    path.write_text("int main() {}")
    return path


@pytest.mark.parametrize("name", ["output_validator/a.cpp", "output_validators/deeper/a.cpp"])
def test_a_validator_is_a_checker_with_the_flags_as_arguments(tmp_path: Path, name: str) -> None:
    validator(tmp_path, name)
    (tmp_path / "problem.yaml").write_text("validator_flags: strict 1e-9\n")
    described = read(tmp_path)
    program = described.checker.program
    assert described.checker.kind is CheckerKind.PROGRAM
    assert isinstance(program, CheckerProgram)
    assert (program.source.language, program.arguments) == ("cpp", ["strict", "1e-9"])
    assert program.protocol is CheckerProtocol.KATTIS
    assert described.interactor is None


@pytest.mark.parametrize("word", ["type: interactive", "type: [interactive]",
                                  "validation: custom interactive"])  # fmt: skip
def test_the_validator_of_an_interactive_problem_talks(tmp_path: Path, word: str) -> None:
    validator(tmp_path)
    (tmp_path / "problem.yaml").write_text(word + "\n")
    described = read(tmp_path)
    assert described.interactor is not None
    assert described.checker.kind is CheckerKind.TOKENS


def test_an_interactive_problem_without_an_interactor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedRequestError, match="interactive"):
        read(problem(tmp_path, "type: interactive\n"))


def test_a_validator_that_nobody_can_compile_or_call_is_refused(tmp_path: Path) -> None:
    path = validator(tmp_path)
    (tmp_path / "problem.yaml").write_text("checker_protocol: smoke signals\n")
    with pytest.raises(MalformedRequestError, match="smoke"):
        read(tmp_path)
    path.rename(path.with_suffix(".txt"))
    with pytest.raises(MalformedRequestError, match="no program"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("events", "verdict"),
    [
        ([*COMPILED, run(Verdict.AC), Finished()], Verdict.AC),
        ([*COMPILED, Finished()], Verdict.AC),
        ([*COMPILED, run(Verdict.AC), run(Verdict.TLE), run(Verdict.WA), Finished()], Verdict.TLE),
        ([Compiling(), Compiled(ok=False), Finished()], Verdict.CE),
        ([*COMPILED, run(Verdict.AC)], Verdict.JE),
        ([*COMPILED, run(Verdict.AC), Finished(broken="slot lost")], Verdict.JE),
        ([], Verdict.JE),
    ],
)
def test_the_first_failure_is_the_verdict(events: list[Event], verdict: Verdict) -> None:
    assert summarise(events).verdict is verdict


def test_the_table_names_each_case_and_a_broken_promise(tmp_path: Path) -> None:
    described = read(problem(tmp_path))
    result = summarise([*COMPILED, run(Verdict.WA), Finished()])
    said = table(Path("a.py"), described, result, Verdict.AC)
    assert said.splitlines()[0] == "a.py: WA  (expected AC)"
    assert "secret/1  WA" in said
    assert "why" in said
    assert "more" not in said


def test_a_folder_that_cannot_be_read_is_told_not_raised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "program.c"]) == 2
    assert "no test case" in capsys.readouterr().err
