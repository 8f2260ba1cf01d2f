from __future__ import annotations

from typing import Any

import pytest

from api.packages.faults import Faults, PackageInvalidError
from api.packages.files import ZipFiles
from api.packages.kattis.reader import recognises
from api.packages.package import Package
from api.packages.testing import PROBLEM_YAML, codes, read, warnings, zipped
from contracts.judging import Checker, CheckerKind

LEGACY = """\
name: Sums
validation: default
validator_flags: float_tolerance 1e-6
limits: {memory: 512}
"""


def yaml(extra: str) -> dict[str, str]:
    return {"problem.yaml": PROBLEM_YAML + extra}


def read_package(changes: dict[str, Any]) -> Package:
    found, _ = read(changes)
    return found


def test_a_valid_package_has_no_fault() -> None:
    found, faults = read()
    assert faults.errors == []
    assert [statement.title for statement in found.statements] == ["Sums", "합"]
    assert (found.limits.cpu_time_ms, found.limits.memory_kib) == (1500, 256 * 1024)
    assert [case.name for case in found.cases] == ["sample/1", "secret/01"]
    assert [(case.group_name, case.is_sample) for case in found.cases] == [
        ("sample", True),
        ("secret", False),
    ]


def test_a_legacy_package_is_read_with_its_defaults() -> None:
    found, faults = read(
        {
            "problem.yaml": LEGACY,
            "statement/problem.en.md": None,
            "statement/problem.ko.md": None,
            "problem_statement/problem.tex": "\\problemname{Sums}\nAdd \\textbf{two} $n$.\n",
            ".timelimit": "3\n",
        }
    )
    assert found.checker == Checker(
        kind=CheckerKind.FLOATS, float_absolute_tolerance=1e-6, float_relative_tolerance=1e-6
    )
    assert found.limits.cpu_time_ms == 3000
    assert found.limits.output_kib == 8 * 1024
    assert found.statements[0].source == "Add **two** $n$.\n"
    assert ("statement_tex", "problem_statement/problem.tex") in [
        (fault.code, fault.file) for fault in faults.warnings
    ]


def test_the_time_limit_of_a_domjudge_package_is_taken() -> None:
    changes = {"problem.yaml": LEGACY, "domjudge-problem.ini": "name='x'\ntimelimit='1.5'\n"}
    assert read_package(changes).limits.cpu_time_ms == 1500


def test_a_missing_time_limit_is_said() -> None:
    assert ("time_limit_not_inferred", "problem.yaml") in warnings({"problem.yaml": LEGACY})


@pytest.mark.parametrize(
    ("flags", "checker"),
    [
        ("case_sensitive", Checker(case_sensitive=True)),
        ("space_change_sensitive", Checker(space_change_sensitive=True)),
        (
            "float_absolute_tolerance 0.01",
            Checker(kind=CheckerKind.FLOATS, float_absolute_tolerance=0.01),
        ),
        (
            "float_relative_tolerance 1E-9 case_sensitive",
            Checker(kind=CheckerKind.FLOATS, float_relative_tolerance=1e-9, case_sensitive=True),
        ),
        (
            "float_relative_tolerance 1e-9 float_absolute_tolerance 1e-6",
            Checker(
                kind=CheckerKind.FLOATS,
                float_relative_tolerance=1e-9,
                float_absolute_tolerance=1e-6,
            ),
        ),
    ],
)
def test_validator_flags_become_a_checker(flags: str, checker: Checker) -> None:
    legacy = {"problem.yaml": f"name: x\nvalidator_flags: {flags}\n"}
    assert read_package(legacy).checker == checker
    words = ", ".join(f"'{word}'" for word in flags.split())
    group = f"output_validator_args: [{words}]\n"
    current = {"data/sample/test_group.yaml": group, "data/secret/test_group.yaml": group}
    assert read_package(current).checker == checker


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ("float_tolerance", "flag_wrong_value"),
        ("float_tolerance -1", "flag_wrong_value"),
        ("float_tolerance nan", "flag_wrong_value"),
        ("float_tolerance 1e999", "flag_wrong_value"),
        ("float_tolerance 1e-6 float_tolerance 1e-7", "flag_twice"),
        ("float_tolerance 1e-6 float_relative_tolerance 1e-7", "flag_twice"),
        ("ignore_everything", "flag_unknown"),
    ],
)
def test_flags_that_cannot_be_are_refused(flags: str, code: str) -> None:
    found = codes({"problem.yaml": f"name: x\nvalidator_flags: {flags}\n"})
    assert found == [(code, "problem.yaml", 2)]


def test_different_arguments_for_different_cases_are_not_judged_wrongly() -> None:
    changes = {"data/secret/test_group.yaml": "output_validator_args: [case_sensitive]\n"}
    assert codes(changes) == [("not_supported", "data", None)]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("foo: 1\n", ("key_unknown", 9)),
        ("name: again\n", ("key_twice", 9)),
        ("type: scoring\n", ("not_supported", 9)),
        ("type: [pass-fail, interactive]\n", ("not_supported", 9)),
        ("type: guessing\n", ("key_wrong_type", 9)),
        ("keywords: {a: 1}\n", ("key_wrong_type", 9)),
        ("license: beerware\n", ("key_wrong_type", 9)),
        ("constants: {1x: 3}\n", ("key_wrong_type", 9)),
        ("languages: []\n", ("key_wrong_type", 9)),
        ("validation: custom\n", ("key_unknown", 9)),
        ("source: {url: x}\n", ("key_wrong_type", 9)),
    ],
)
def test_a_wrong_key_is_named_with_its_line(extra: str, expected: tuple[str, int]) -> None:
    code, line = expected
    assert (code, "problem.yaml", line) in codes(yaml(extra))


@pytest.mark.parametrize(
    ("limit", "key"),
    [
        ("time_limit: 0", "time_limit"),
        ("time_limit: .inf", "time_limit"),
        ("time_limit: yes", "time_limit"),
        ("memory: 1.5", "memory"),
        ("memory: 999999", "memory"),
        ("output: -1", "output"),
        ("code: true", "code"),
        ("speed: 3", "speed"),
    ],
)
def test_a_limit_that_cannot_be_honoured_is_refused(limit: str, key: str) -> None:
    text = (
        f"problem_format_version: 2025-09\nname: {{en: a, ko: b}}\nuuid: 1\nlimits: {{{limit}}}\n"
    )
    assert [line for _, _, line in codes({"problem.yaml": text})] == [4], key


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "- 1\n- 2\n",
        "a: &x 1\nb: *x\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "embargo_until: 2025-99-99\n",
        "[" * 5000,
        "? [a]\n: 1\n",
        "\t",
        "x: " + "[" * 19 + "]" * 19,
    ],
)
def test_yaml_that_we_do_not_read_is_a_fault_not_a_crash(text: str) -> None:
    found = codes({"problem.yaml": text})
    assert found
    assert {file for _, file, _ in found} <= {"problem.yaml", "statement"}


def test_a_long_yaml_is_refused() -> None:
    assert ("text_too_large", "problem.yaml", None) in codes({"problem.yaml": "a" * (65 << 10)})


def test_text_that_is_not_utf8_is_named_with_its_line() -> None:
    changes = {"statement/problem.en.md": b"good\n\xff\n"}
    assert codes(changes) == [("not_utf8", "statement/problem.en.md", 2)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"data/secret/02.in": ""}, ("answer_missing", "data/secret/02.in")),
        ({"data/secret/02.ans": ""}, ("input_missing", "data/secret/02.ans")),
        ({"include/cpp/grader.cpp": ""}, ("not_supported", "include/")),
        ({"output_validator/check.py": ""}, ("not_supported", "output_validator/")),
        ({"static_validator/check.py": ""}, ("not_supported", "static_validator/")),
        ({"data/secret/01.files/x.txt": ""}, ("not_supported", "data/secret/01.files/x.txt")),
        ({"data/sample/1.interaction": ""}, ("not_supported", "data/sample/1.interaction")),
        (
            {"data/secret/test_group.yaml": "max_score: 5\n"},
            ("not_supported", "data/secret/test_group.yaml"),
        ),
        ({"data/secret/01.yaml": "args: [x]\n"}, ("not_supported", "data/secret/01.yaml")),
        ({"data/secret/a/1.in": "", "data/secret/a/1.ans": ""}, ("groups_mixed", "data/secret")),
        ({"statement/problem.ko.md": None}, ("names_differ", "problem.yaml")),
        (
            {"statement/problem.ko.md": None, "statement/problem.en.md": None},
            ("no_statement", "statement"),
        ),
    ],
)
def test_what_would_be_judged_wrongly_is_refused(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert [(code, file) for code, file, _ in codes(changes)] == [expected]


def test_a_package_without_data_is_refused() -> None:
    taken = dict.fromkeys(
        ["data/sample/1.in", "data/sample/1.ans", "data/secret/01.in", "data/secret/01.ans"]
    )
    assert codes(taken) == [("no_test_cases", "data", None)]


def test_legacy_custom_validators_are_refused_by_name() -> None:
    changes = {"problem.yaml": "name: x\nvalidation: custom interactive\n"}
    assert codes(changes) == [("not_supported", "problem.yaml", 2)]


def test_legacy_groups_that_only_say_the_usual_are_fine() -> None:
    changes = {
        "problem.yaml": "name: x\n",
        "data/secret/testdata.yaml": "on_reject: break\ngrading: default\nrange: 0 1\n",
        "data/secret/a/01.in": "",
        "data/secret/a/01.ans": "",
    }
    assert [case.group_name for case in read_package(changes).cases] == ["sample", "secret", "a"]


def test_legacy_groups_that_change_the_verdict_are_refused() -> None:
    changes = {
        "problem.yaml": "name: x\n",
        "data/testdata.yaml": "on_reject: continue\ngrader_flags: accept_if_any_accepted\n",
    }
    assert codes(changes) == [
        ("not_supported", "data/testdata.yaml", 1),
        ("not_supported", "data/testdata.yaml", 2),
    ]


def test_cases_are_judged_in_the_order_of_their_names() -> None:
    changes: dict[str, Any] = {"data/secret/01.in": None, "data/secret/01.ans": None}
    for name in ("a/2", "b", "a/1", "10", "2"):
        changes |= {f"data/secret/{name}.in": "", f"data/secret/{name}.ans": ""}
    changes["problem.yaml"] = "name: x\n"
    names = [case.name for case in read_package(changes).cases]
    secret = ["secret/10", "secret/2", "secret/a/1", "secret/a/2", "secret/b"]
    assert names == ["sample/1", *secret]


@pytest.mark.parametrize(
    ("folder", "verdicts"),
    [
        ("accepted", ("AC",)),
        ("wrong_answer", ("WA",)),
        ("time_limit_exceeded", ("TLE",)),
        ("run_time_error", ("RTE", "MLE")),
        ("memory_limit_exceeded", ("MLE",)),
        ("output_limit_exceeded", ("OLE",)),
        ("compile_error", ("CE",)),
        ("mystery", ()),
    ],
)
def test_a_jury_program_is_expected_to_get_what_its_folder_says(
    folder: str, verdicts: tuple[str, ...]
) -> None:
    found = read_package({f"submissions/{folder}/x.cpp": "int main() {}"})
    program = next(program for program in found.programs if program.path == f"{folder}/x.cpp")
    assert (program.language_id, program.expected_verdicts) == ("cpp", verdicts)


def test_jury_programs_that_cannot_be_taken_are_named() -> None:
    found = warnings(
        {
            "submissions/accepted/big/a.cpp": "",
            "submissions/accepted/big/b.cpp": "",
            "submissions/accepted/odd.xyz": "",
        }
    )
    assert ("program_of_several_files", "submissions/accepted/big") in found
    assert ("program_language_unknown", "submissions/accepted/odd.xyz") in found


def test_a_missing_uuid_is_said_and_forgiven() -> None:
    text = PROBLEM_YAML.replace("uuid: 3f1c1f2e-8a6e-4f0e-9f0b-2f5f1a8c7d11\n", "")
    assert ("uuid_missing", "problem.yaml") in warnings({"problem.yaml": text})


def test_constants_are_put_into_statements_and_programs() -> None:
    found = read_package(
        {
            **yaml("constants: {max_n: 1000}\n"),
            "statement/problem.en.md": "$n \\le {{max_n}}$ {{nextsample}} {{other}}\n",
            "submissions/accepted/sums.py": "N = {{max_n}}\n",
        }
    )
    assert found.statements[0].source == "$n \\le 1000$  {{other}}\n"
    assert found.programs[0].source == b"N = 1000\n"


def test_the_language_code_no_is_not_false() -> None:
    changes = {
        "problem.yaml": "problem_format_version: 2025-09\nname: {no: Sum}\nuuid: 1\n",
        "statement/problem.en.md": None,
        "statement/problem.ko.md": None,
        "statement/problem.no.md": "x\n",
    }
    assert [s.locale for s in read_package(changes).statements] == ["no"]


def test_an_empty_answer_and_an_empty_input_are_fine() -> None:
    assert codes({"data/secret/02.in": "", "data/secret/02.ans": ""}) == []


def test_a_zip_without_problem_yaml_is_no_kattis_package() -> None:
    assert codes({"problem.yaml": None}) == [("file_missing", "problem.yaml", None)]
    assert not recognises(ZipFiles(zipped({"1.in": "", "1.out": ""}), "x.zip", Faults()))


def test_faults_beyond_what_anybody_reads_are_counted() -> None:
    changes = {f"data/secret/x{number}.in": "" for number in range(300)}
    with pytest.raises(PackageInvalidError) as refused:
        read(changes)
    assert (len(refused.value.faults.errors), refused.value.faults.omitted) == (200, 100)
