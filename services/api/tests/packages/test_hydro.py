from __future__ import annotations

import pytest

from api.packages.testing import Content, changed, contents, load, refusals
from contracts.judging import Checker, CheckerKind

CONFIG = "testdata/config.yaml"
VALID: dict[str, Content] = {
    "problem.yaml": "pid: P1000\nowner: 2\ntitle: A+B\ntag:\n  - maths\nnSubmit: 1\nnAccept: 1\n",
    "problem_zh.md": "求 $a+b$。\n",
    "problem_en.md": "Find $a+b$.\n",
    "testdata/config.yaml": "type: default\ntime: 1s\nmemory: 256m\n",
    "testdata/1.in": "1 2\n",
    "testdata/1.out": "3\n",
    "testdata/2.in": "2 2\n",
    "testdata/2.out": "4\n",
    "std/std.cpp": "int main() {}\n",
}
LISTED = """\
time: 500ms
memory: 64MB
checker_type: strict
subtasks:
  - score: 100
    type: sum
    cases:
      - input: 2.in
        output: 2.out
      - input: 1.in
        output: 1.out
"""


def test_a_zip_with_a_short_config_is_read() -> None:
    kind, found, faults = load(VALID)
    assert (kind, faults.errors, faults.warnings) == ("hydro", [], [])
    package = found[0].package
    assert package.name_hint == "p1000"
    assert sorted(one.locale for one in package.statements) == ["en", "zh"]
    assert (package.limits.cpu_time_ms, package.limits.memory_kib) == (1000, 256 * 1024)
    assert package.checker == Checker(kind=CheckerKind.LINES, case_sensitive=True)
    assert package.tags == ("maths",)
    assert [program.path for program in package.programs] == ["accepted/std.cpp"]
    assert contents(found[0])[0] == ("1.in", False, b"1 2\n", b"3\n")


def test_listed_cases_are_taken_in_their_order() -> None:
    _, found, faults = load({**VALID, CONFIG: LISTED})
    assert faults.errors == []
    assert [fault.code for fault in faults.warnings] == ["points_ignored"]
    assert [case.name for case in found[0].package.cases] == ["2.in", "1.in"]
    assert found[0].package.limits.cpu_time_ms == 500
    assert found[0].package.checker.kind is CheckerKind.EXACT


def test_several_problems_are_read_from_one_zip() -> None:
    packed = {
        f"{n}/{path}": content
        for n in (1, 2)
        for path, content in changed(VALID, {"problem.yaml": f"pid: P{n}\ntitle: X\n"}).items()
    }
    _, found, faults = load(packed)
    assert faults.errors == []
    assert [one.package.name_hint for one in found] == ["p1", "p2"]


def test_without_a_config_the_files_names_tell() -> None:
    data: dict[str, Content] = {
        "problem.yaml": "title: 합\n",
        "testdata/a1-2.in": "",
        "testdata/a1-2.ans": "",
    }
    _, found, faults = load(data)
    assert faults.errors == []
    assert [fault.code for fault in faults.warnings] == [
        "statement_empty",
    ]
    assert found[0].package.statements[0].locale == "ko"
    assert found[0].package.limits.cpu_time_ms == 1000
    assert found[0].package.cases[0].group_name == "a1"


def test_a_standard_testlib_checker_becomes_ours() -> None:
    config = "time: 1s\nchecker_type: testlib\nchecker: rcmp6\n"
    _, found, faults = load({**VALID, CONFIG: config})
    assert faults.errors == []
    assert found[0].package.checker.float_relative_tolerance == 1e-6


@pytest.mark.parametrize(
    ("config", "code", "line"),
    [
        ("type: interactive\n", "not_supported", 1),
        ("time: 1s\ntype: objective\n", "not_supported", 2),
        ("type: submit_answer\n", "not_supported", 1),
        ("type: communication\nnum_processes: 2\n", "not_supported", 1),
        ("checker: chk.cc\nchecker_type: testlib\n", "not_supported", 1),
        ("checker_type: syzoj\n", "not_supported", 1),
        ("interactor: i.cc\n", "not_supported", 1),
        ("user_extra_files:\n  - grader.h\n", "not_supported", 1),
        ("time_limit_rate:\n  py: 2\n", "not_supported", 1),
        ("filename: sum\n", "not_supported", 1),
        ("subtasks:\n  - {score: 50, cases: []}\n  - {score: 50, cases: []}\n", "not_supported", 1),
        ("subtasks:\n  - {if: [2], score: 100}\n", "not_supported", 1),
        ("subtasks: 5\n", "key_wrong_type", 1),
        ("cases:\n  - {input: 1.in}\n", "key_wrong_type", 1),
        ("cases:\n  - {input: 9.in, output: 1.out}\n", "listed_file_missing", 1),
        ("cases:\n  - {input: 1.in, output: 1.out, time: 9s}\n", "not_supported", 1),
        ("memory: 1m\ntime: soon\n", "key_wrong_type", 2),
        ("memory: 99999g\n", "key_wrong_type", 1),
        ("colour: red\n", "key_unknown", 1),
        ("time: 1s\ntime: 2s\n", "key_twice", 2),
        ("time: [\n", "yaml_malformed", 2),
        ("time: !!python/object/apply:os.system [ls]\n", "yaml_malformed", 1),
        ("langs: [brainfuck]\n", "not_supported", 1),
    ],
)
def test_a_faulty_config_is_refused_with_its_line(config: str, code: str, line: int) -> None:
    assert (code, CONFIG, line) in refusals({**VALID, CONFIG: config})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"problem.yaml": "pid: x\n"}, [("key_missing", "problem.yaml", None)]),
        ({"problem.yaml": "- x\n"}, [("yaml_malformed", "problem.yaml", 1)]),
        ({"testdata/2.out": None}, [("input_unpaired", "testdata/2.in", None)]),
        ({"testdata/2.in": None}, [("answer_unpaired", "testdata/2.out", None)]),
        ({"problem_en.md": b"\xff"}, [("not_utf8", "problem_en.md", 1)]),
        ({"std/std.cpp": "x" * 600_000}, [("text_too_large", "std/std.cpp", None)]),
        (
            {f"testdata/{n}.{end}": None for n in (1, 2) for end in ("in", "out")},
            [("no_tests_found", "testdata/", None)],
        ),
    ],
)
def test_a_faulty_zip_is_refused(
    changes: dict[str, Content | None], expected: list[tuple[str, str, int | None]]
) -> None:
    assert refusals(changed(VALID, changes)) == expected
