from __future__ import annotations

import pytest

from api.packages.testing import Content, changed, contents, load, refusals

TASK = """\
name: sums
title: Somme
time_limit: 1.5
memory_limit: 256
n_input: 2
infile: ""
outfile: ""
"""
VALID: dict[str, Content] = {
    "task.yaml": TASK,
    "input/input0.txt": "1 2\n",
    "input/input1.txt": "2 2\n",
    "output/output0.txt": "3\n",
    "output/output1.txt": "4\n",
    "gen/GEN": "1\n# a comment\n2\n",
    "sol/soluzione.cpp": "int main() {}\n",
    "sol/slow.py": "print()\n",
    "statement/statement.pdf": b"%PDF",
}


def test_a_task_is_read() -> None:
    kind, found, faults = load(VALID)
    assert (kind, faults.errors) == ("cms", [])
    assert [fault.code for fault in faults.warnings] == [
        "points_ignored",
        "statement_pdf",
        "line_breaks_not_compared",
    ]
    package = found[0].package
    assert (package.name_hint, package.statements[0].title) == ("sums", "Somme")
    assert (package.limits.cpu_time_ms, package.limits.memory_kib) == (1500, 256 * 1024)
    assert [(one.path, one.expected_verdicts) for one in package.programs] == [
        ("other/slow.py", ()),
        ("accepted/soluzione.cpp", ("AC",)),
    ]
    assert contents(found[0]) == [
        ("000", False, b"1 2\n", b"3\n"),
        ("001", False, b"2 2\n", b"4\n"),
    ]


def test_a_task_in_one_folder_with_little_said_is_read() -> None:
    packed = {
        "sums/task.yaml": "title: Sums\ninfile:\noutfile:\nprimary_language: en\n",
        "sums/input/input0.txt": "",
        "sums/output/output0.txt": "",
        "sums/att/sums.h": "",
    }
    _, found, faults = load(packed)
    assert faults.errors == []
    assert (found[0].package.name_hint, found[0].package.statements[0].locale) == ("sums", "en")
    assert {"attachments_ignored", "time_limit_not_inferred"} <= {
        fault.code for fault in faults.warnings
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('infile: ""\n', "", "not_supported", None),
        ('infile: ""', "infile: sums.in", "not_supported", 6),
        ('outfile: ""', "outfile: sums.out", "not_supported", 7),
        ("n_input: 2", "n_input: 3", "test_count_differs", 5),
        ("time_limit: 1.5", "time_limit: -1", "key_wrong_type", 3),
        ("memory_limit: 256", "memory_limit: 0", "key_wrong_type", 4),
        ("name: sums", "output_only: true", "not_supported", 1),
        ("name: sums", "score_type: GroupMin", "not_supported", 1),
        ("name: sums", "score_type_parameters: [[50, 1]]", "not_supported", 1),
        ("name: sums", "task_type: Communication", "not_supported", 1),
        ("name: sums", "name: [", "yaml_malformed", 3),
        ("name: sums", "name: {a: b}", "key_wrong_type", 1),
    ],
)
def test_a_faulty_task_file_is_refused(old: str, new: str, code: str, line: int | None) -> None:
    found = refusals({**VALID, "task.yaml": TASK.replace(old, new)})
    assert [fault[:2] for fault in found] == [(code, "task.yaml")]
    assert line is None or found[0][2] == line


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"gen/GEN": "#ST: 30\n1\n#ST: 70\n2\n"}, ("not_supported", "gen/GEN", 1)),
        ({"check/checker.cpp": ""}, ("not_supported", "check/checker.cpp", None)),
        ({"cor/correttore": b"\x7fELF"}, ("not_supported", "cor/correttore", None)),
        ({"check/manager": b"\x7fELF"}, ("not_supported", "check/manager", None)),
        ({"sol/grader.cpp": ""}, ("not_supported", "sol/grader.cpp", None)),
        ({"sol/stub.cpp": ""}, ("not_supported", "sol/stub.cpp", None)),
        ({"output/output1.txt": None}, ("input_unpaired", "input/input1.txt", None)),
        ({"input/input1.txt": None}, ("answer_unpaired", "output/output1.txt", None)),
        ({"gen/GEN": b"\xff"}, ("not_utf8", "gen/GEN", 1)),
        (
            {path: None for path in VALID if path.startswith(("input/", "output/"))},
            ("no_tests_found", "input/", None),
        ),
    ],
)
def test_a_faulty_folder_is_refused(
    changes: dict[str, Content | None], expected: tuple[str, str, int | None]
) -> None:
    assert expected in refusals(changed(VALID, changes))


def test_every_fault_is_told_at_once() -> None:
    changes: dict[str, Content | None] = {
        "task.yaml": "name: x\n",
        "check/manager": "",
        "output/output0.txt": None,
    }
    assert [code for code, _, _ in refusals(changed(VALID, changes))] == [
        "not_supported",
        "not_supported",
        "not_supported",
        "input_unpaired",
    ]
