from __future__ import annotations

import pytest

from api.packages.testing import Content, contents, load, refusals, zipped
from contracts.judging import Checker, CheckerKind

LISTED = """\
archive: sums.zip
test_cases:
- {in: sums.1.in, out: sums.1.out, points: 5}
- {in: sums.2.in, out: sums.2.out, points: 0}
"""
DATA: dict[str, Content] = {
    "sums.1.in": "1 2\n",
    "sums.1.out": "3\n",
    "sums.2.in": "2 2\n",
    "sums.2.out": "4\n",
}


def files(init: str = LISTED) -> dict[str, Content]:
    return {"init.yml": init, "sums.zip": zipped(DATA).getvalue()}


def test_a_zip_within_the_zip_is_read() -> None:
    kind, found, faults = load(files())
    assert (kind, faults.errors) == ("dmoj", [])
    assert [fault.code for fault in faults.warnings] == [
        "points_ignored",
        "statement_empty",
        "time_limit_not_inferred",
        "line_breaks_not_compared",
    ]
    assert found[0].package.checker == Checker(kind=CheckerKind.TOKENS, case_sensitive=True)
    assert contents(found[0]) == [
        ("sums.1.in", False, b"1 2\n", b"3\n"),
        ("sums.2.in", False, b"2 2\n", b"4\n"),
    ]


def test_files_in_a_folder_without_a_list_are_paired() -> None:
    packed = {"sums/init.yml": "checker: identical\n"}
    _, found, faults = load({**packed, **{f"sums/{path}": text for path, text in DATA.items()}})
    assert faults.errors == []
    assert (found[0].package.name_hint, len(found[0].package.cases)) == ("sums", 2)
    assert found[0].package.checker.kind is CheckerKind.EXACT


def test_pretests_count_once() -> None:
    init = LISTED + "pretest_test_cases:\n- {in: sums.2.in, out: sums.2.out}\n"
    _, found, faults = load(files(init + "output_limit_length: 2048\n"))
    assert faults.errors == []
    assert [case.name for case in found[0].package.cases] == ["sums.2.in", "sums.1.in"]
    assert found[0].package.limits.output_kib == 2


@pytest.mark.parametrize(
    ("checker", "absolute", "relative"),
    [
        ("{name: floats, args: {precision: 4}}", 1e-4, 1e-4),
        ("floatsabs", 1e-6, None),
        ("{name: floats, args: {error_mode: relative, precision: 9}}", None, 1e-9),
    ],
)
def test_tolerances_are_read(checker: str, absolute: float | None, relative: float | None) -> None:
    _, found, faults = load(files(f"{LISTED}checker: {checker}\n"))
    assert faults.errors == []
    got = found[0].package.checker
    assert got.float_absolute_tolerance == pytest.approx(absolute)
    assert got.float_relative_tolerance == pytest.approx(relative)


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("generator: gen.py\n", "not_supported"),
        ("interactive: {files: i.cpp}\n", "not_supported"),
        ("signature_grader: {entry: a.cpp, header: a.h}\n", "not_supported"),
        ("custom_judge: judge.py\n", "not_supported"),
        ("points++: 2+2\n", "not_supported"),
        ("symlinks: {a: b}\n", "not_supported"),
        ("file_io: {input: a.in}\n", "not_supported"),
        ("checker: linecount\n", "not_supported"),
        ("checker: sorted\n", "not_supported"),
        ("checker: {name: bridged, args: {files: c.cpp, type: testlib}}\n", "not_supported"),
        ("checker: {name: floats, args: {precision: 99}}\n", "key_wrong_type"),
        ("checker: {name: floats, args: {error_mode: x}}\n", "key_wrong_type"),
        ("checker: [x]\n", "key_wrong_type"),
        ("colour: red\n", "key_unknown"),
        ("output_limit_length: -1\n", "key_wrong_type"),
        ("points: !!python/object/apply:os.system [ls]\n", "yaml_malformed"),
        ("points: &a [*a]\n", "yaml_malformed"),
    ],
)
def test_a_faulty_line_is_refused(extra: str, code: str) -> None:
    assert refusals(files(LISTED + extra)) == [(code, "init.yml", 5)]


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        ("- {batched: [{in: sums.1.in, out: sums.1.out}], points: 5}", "not_supported"),
        ("- {in: sums.1.in, out: sums.1.out, checker: x}", "not_supported"),
        ("- {in: sums.1.in, out: sums.1.out, dependencies: [1]}", "not_supported"),
        ("- {in: sums.1.in, out: sums.1.out, generator_args: [1]}", "not_supported"),
        ("- {in: sums.9.in, out: sums.1.out}", "listed_file_missing"),
        ("- {in: ../../etc/passwd, out: sums.1.out}", "listed_file_missing"),
        ("- {in: sums.1.in}", "key_wrong_type"),
        ("- x", "key_wrong_type"),
        ("  input_format: '^(?P<case>\\d+)$'", "not_supported"),
        ("  x", "key_wrong_type"),
    ],
)
def test_a_faulty_case_is_refused(cases: str, code: str) -> None:
    init = f"archive: sums.zip\ntest_cases:\n{cases}\n"
    assert (code, "init.yml", 2) in refusals(files(init))


def test_a_broken_zip_within_the_zip_is_refused() -> None:
    broken = {**files(), "sums.zip": b"no zip"}
    assert ("not_a_zip", "sums.zip", None) in refusals(broken)


def test_an_archive_that_is_missing_leaves_the_files_beside_it() -> None:
    _, found, faults = load({"init.yml": LISTED, **DATA})
    assert faults.errors == []
    assert faults.warnings[0].code == "archive_missing"
    assert len(found[0].package.cases) == 2
