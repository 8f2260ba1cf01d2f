from __future__ import annotations

from collections.abc import Mapping

import pytest

from api.packages.testing import Content, contents, load, refusals


@pytest.mark.parametrize(
    ("names", "cases"),
    [
        (["1.in", "1.out", "10.in", "10.out", "2.in", "2.out"], ["1.in", "2.in", "10.in"]),
        (["a1-2.in", "a1-2.ans", "a1-1.in", "a1-1.ans"], ["a1-1.in", "a1-2.in"]),
        (["input1.txt", "output1.txt", "input2.txt", "output2.txt"], ["input1.txt", "input2.txt"]),
        (["x/in/1.txt", "x/out/1.txt", "x/in/2.txt", "x/out/2.txt"], ["in/1.txt", "in/2.txt"]),
        (["input/input0.txt", "output/output0.txt"], ["input/input0.txt"]),
        (["one/1.in", "one/1.out", "two/1.in", "two/1.out"], ["one/1.in", "two/1.in"]),
        (["01", "01.a", "02", "02.a"], ["01", "02"]),
        (["1.in.txt", "1.out.txt"], ["1.in.txt"]),
        (["sum.in.1", "sum.out.1"], ["sum.in.1"]),
        (
            ["secret/1.in", "secret/1.ans", "sample/1.in", "sample/1.ans"],
            ["sample/1.in", "secret/1.in"],
        ),
        (["TEST1.IN", "TEST1.OUT"], ["TEST1.IN"]),
        (["in1.txt", "out1.txt", "in2.txt", "out2.txt"], ["in1.txt", "in2.txt"]),
        (["main.in", "main.out"], ["main.in"]),
    ],
)
def test_names_are_paired(names: list[str], cases: list[str]) -> None:
    kind, found, faults = load(dict.fromkeys(names, "x"))
    assert (kind, faults.errors) == ("bare", [])
    assert [case.name for case in found[0].package.cases] == cases


def test_it_has_an_empty_statement_and_says_so() -> None:
    _, found, faults = load({"1.in": "1\n", "1.out": "2\n", "notes.md": ""})
    assert contents(found[0]) == [("1.in", False, b"1\n", b"2\n")]
    assert found[0].package.statements[0].source == ""
    assert [(fault.code, fault.file) for fault in faults.warnings] == [
        ("file_unused", "notes.md"),
        ("statement_empty", ""),
        ("time_limit_not_inferred", ""),
    ]


def test_groups_are_named_by_prefix_or_folder() -> None:
    names = ["a1-1.in", "a1-1.ans", "b/7.in", "b/7.out", "9.in", "9.out"]
    _, found, _ = load(dict.fromkeys(names, ""))
    assert {case.name: case.group_name for case in found[0].package.cases} == {
        "9.in": "secret",
        "a1-1.in": "a1",
        "b/7.in": "b",
    }


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["1.in", "1.out", "2.in"], [("input_unpaired", "2.in", None)]),
        (["1.in", "1.out", "2.out"], [("answer_unpaired", "2.out", None)]),
        (["1.in", "1.out", "1.ans"], [("pair_twice", "1.out", None)]),
        (["1.in", "1.inp", "1.out"], [("pair_twice", "1.inp", None)]),
        (
            ["1.in", "2.in"],
            [
                ("input_unpaired", "1.in", None),
                ("input_unpaired", "2.in", None),
                ("no_tests_found", "", None),
            ],
        ),
        (
            ["a/1.in", "b/1.out", "c/1.in", "c/1.out"],
            [("input_unpaired", "a/1.in", None), ("answer_unpaired", "b/1.out", None)],
        ),
        (["input1.txt", "output1.txt", "input2.txt"], [("input_unpaired", "input2.txt", None)]),
        (["input1.txt", "output1.txt", "output3.txt"], [("answer_unpaired", "output3.txt", None)]),
        (["in/1.txt", "out/1.txt", "in/2.txt"], [("input_unpaired", "in/2.txt", None)]),
        (["1.in", "1.out", "../2.in"], [("unsafe_path", "../2.in", None)]),
        (["1.in", "1.out", "1.IN"], [("names_clash", "1.IN", None)]),
        (["01", "01.a", "02.a"], [("answer_unpaired", "02.a", None)]),
    ],
)
def test_what_has_no_other_half_is_refused_by_name(
    files: list[str], expected: list[tuple[str, str, int | None]]
) -> None:
    assert refusals(dict.fromkeys(files, "x"), "bare") == expected


def test_too_many_cases_are_refused() -> None:
    files: Mapping[str, Content] = {
        f"{n}.{kind}": "" for n in range(2001) for kind in ("in", "out")
    }
    assert refusals(files) == [("too_many_cases", "", None)]


@pytest.mark.parametrize("files", [{"readme.md": ""}, {}, {"1.c": "", "Makefile": ""}])
def test_what_is_no_data_is_no_format(files: dict[str, Content]) -> None:
    assert load(files)[0] is None
