from __future__ import annotations

import json
from typing import Any

import pytest

from api.packages.testing import Content, changed, contents, load, refusals
from contracts.judging import CheckerKind

PROBLEM: dict[str, Any] = {
    "display_id": "A-1",
    "title": "Sums",
    "description": {"format": "html", "value": "<p>Add <b>two</b> numbers.</p>"},
    "input_description": {"format": "html", "value": "<p>Two numbers.</p>"},
    "output_description": {"format": "html", "value": "<p>Their sum.</p>"},
    "hint": {"format": "html", "value": ""},
    "test_case_score": [
        {"score": 50, "input_name": "1.in", "output_name": "1.out"},
        {"score": 50, "input_name": "2.in", "output_name": "2.out"},
    ],
    "time_limit": 1000,
    "memory_limit": 256,
    "samples": [{"input": "1 2", "output": "3"}],
    "template": {},
    "spj": None,
    "rule_type": "ACM",
    "source": "School",
    "answers": [{"language": "C++", "code": "int main() {}"}],
    "tags": ["Easy Maths"],
}
DATA: dict[str, Content] = {
    "testcase/1.in": "5 6\n",
    "testcase/1.out": "11\n",
    "testcase/2.in": "7 8\n",
    "testcase/2.out": "15\n",
}


def files(root: str = "1/", /, **changes: object) -> dict[str, Content]:
    values = {key: value for key, value in {**PROBLEM, **changes}.items() if value is not ...}
    packed: dict[str, Content] = {f"{root}problem.json": json.dumps(values, indent=1)}
    return packed | {f"{root}{path}": content for path, content in DATA.items()}


def line(text: str, /, **changes: object) -> int:
    written = str(files(**changes)["1/problem.json"])
    return written[: written.index(text)].count("\n") + 1


def test_one_problem_is_read_whole() -> None:
    kind, found, faults = load(files())
    assert (kind, faults.errors, faults.warnings) == ("qduoj", [], [])
    package = found[0].package
    assert package.name_hint == "a-1"
    assert (package.limits.cpu_time_ms, package.limits.memory_kib) == (1000, 256 * 1024)
    assert package.checker.kind is CheckerKind.LINES
    assert (package.tags, package.source) == (("easy-maths",), "School")
    assert package.statements[0].source == (
        "Add **two** numbers.\n\n## Input\n\nTwo numbers.\n\n## Output\n\nTheir sum.\n"
    )
    program = package.programs[0]
    assert (program.path, program.language_id, program.expected_verdicts) == (
        "accepted/1.cpp",
        "cpp",
        ("AC",),
    )
    assert contents(found[0]) == [
        ("sample/1", True, b"1 2", b"3"),
        ("1.in", False, b"5 6\n", b"11\n"),
        ("2.in", False, b"7 8\n", b"15\n"),
    ]


def test_many_problems_of_one_zip_are_read_in_their_order() -> None:
    packed = files("10/", display_id="A") | files("2/", display_id="가나다", title="합")
    _, found, faults = load(packed)
    assert faults.errors == []
    assert [one.package.name_hint for one in found] == ["upload-1", "a"]
    assert [one.package.statements[0].locale for one in found] == ["ko", "en"]
    assert all(len(contents(one)) == 3 for one in found)


def test_two_problems_of_one_name_get_two_names() -> None:
    _, found, _ = load(files("1/") | files("2/"))
    assert [one.package.name_hint for one in found] == ["a-1", "sums"]


def test_without_a_list_the_files_are_paired() -> None:
    _, found, faults = load(changed(files(test_case_score=[]), {"1/testcase/info": "{}"}))
    assert faults.errors == []
    assert len(found[0].package.cases) == 3


def test_images_and_templates_are_dropped_with_a_warning() -> None:
    shown = {"format": "html", "value": 'See <img src="/public/x.png"> &lt;here&gt;'}
    template = {"C": {"prepend": "", "template": "int f();", "append": ""}}
    _, found, faults = load(files(description=shown, template=template, colour="red"))
    assert faults.errors == []
    assert [fault.code for fault in faults.warnings] == [
        "key_ignored",
        "template_ignored",
        "images_ignored",
    ]
    assert found[0].package.statements[0].source.startswith("See  \\<here>")


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"spj": {"code": "int main() {}", "language": "C"}}, "not_supported", '"spj"'),
        ({"rule_type": "OI"}, "not_supported", '"rule_type"'),
        ({"rule_type": "XX"}, "key_wrong_type", '"rule_type"'),
        (
            {"template": {"C": {"prepend": "#define x", "template": "", "append": ""}}},
            "not_supported",
            '"template"',
        ),
        ({"io_mode": {"io_mode": "File IO"}}, "not_supported", '"io_mode"'),
        ({"time_limit": 0}, "key_wrong_type", '"time_limit"'),
        ({"time_limit": "fast"}, "key_wrong_type", '"time_limit"'),
        ({"memory_limit": 10**9}, "key_wrong_type", '"memory_limit"'),
        ({"title": ""}, "key_missing", '"title"'),
        ({"title": ["x"]}, "key_wrong_type", '"title"'),
        ({"description": 5}, "key_wrong_type", '"description"'),
        ({"samples": "x"}, "key_wrong_type", '"samples"'),
        ({"samples": [{"input": 1}]}, "key_wrong_type", '"samples"'),
        ({"answers": [{"language": 1}]}, "key_wrong_type", '"answers"'),
        ({"tags": "x"}, "key_wrong_type", '"tags"'),
        ({"template": []}, "key_wrong_type", '"template"'),
        ({"test_case_score": [{"input_name": "1.in"}]}, "key_wrong_type", '"test_case_score"'),
        (
            {"test_case_score": [{"input_name": "../9.in", "output_name": "1.out"}]},
            "listed_file_missing",
            '"test_case_score"',
        ),
    ],
)
def test_a_wrong_value_is_refused_with_its_line(
    changes: dict[str, Any], code: str, key: str
) -> None:
    assert (code, "1/problem.json", line(key, **changes)) in refusals(files(**changes))


def test_missing_limits_are_refused() -> None:
    assert (
        refusals(files(time_limit=..., memory_limit=...))
        == [("key_missing", "1/problem.json", None)] * 2
    )


@pytest.mark.parametrize(
    ("content", "at"),
    [("{\n,}", 2), ("[]", 1), ("[" * 100_000, None), ("9" * 5000, None)],
)
def test_what_is_no_json_object_is_refused(content: str, at: int | None) -> None:
    assert refusals({**files(), "1/problem.json": content}) == [
        ("json_malformed", "1/problem.json", at)
    ]


def test_a_missing_test_file_and_a_faulty_second_problem_are_told_at_once() -> None:
    packed = changed(files() | files("2/", spj={"code": "x"}), {"1/testcase/2.out": None})
    assert [(code, file) for code, file, _ in refusals(packed)] == [
        ("listed_file_missing", "1/problem.json"),
        ("not_supported", "2/problem.json"),
    ]
