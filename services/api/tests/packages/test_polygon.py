from __future__ import annotations

import pytest

from api.packages.testing import Content, changed, contents, load, refusals
from contracts.judging import Checker, CheckerKind

XML = """\
<?xml version="1.0" encoding="utf-8" standalone="no"?>
<problem revision="5" short-name="sums" url="https://example.org/p1/sums">
  <names>
    <name language="english" value="Sums"/>
    <name language="russian" value="Дважды"/>
  </names>
  <judging cpu-name="x" cpu-speed="3600" input-file="" output-file="">
    <testset name="tests">
      <time-limit>1500</time-limit>
      <memory-limit>268435456</memory-limit>
      <test-count>2</test-count>
      <input-path-pattern>tests/%02d</input-path-pattern>
      <answer-path-pattern>tests/%02d.a</answer-path-pattern>
      <tests>
        <test method="manual" sample="true"/>
        <test cmd="gen 5" method="generated"/>
      </tests>
    </testset>
  </judging>
  <files>
    <resources><file path="files/testlib.h" type="h.g++"/></resources>
  </files>
  <assets>
    <checker name="std::ncmp.cpp" type="testlib"><source path="files/check.cpp"/></checker>
    <validators><validator><source path="files/validator.cpp"/></validator></validators>
    <solutions>
      <solution tag="main"><source path="solutions/main.cpp" type="cpp.g++17"/></solution>
      <solution tag="wrong-answer"><source path="solutions/wa.py" type="python.3"/></solution>
      <solution tag="time-limit-exceeded-or-accepted">
        <source path="solutions/Slow.java" type="java11"/>
      </solution>
      <solution tag="do-not-run"><source path="solutions/old.cpp" type="cpp.g++17"/></solution>
    </solutions>
  </assets>
  <tags><tag value="math"/></tags>
</problem>
"""
VALID: dict[str, Content] = {
    "problem.xml": XML,
    "tests/01": "1 2\n",
    "tests/01.a": "3\n",
    "tests/02": "2 2\n",
    "tests/02.a": "4\n",
    "statement-sections/english/legend.tex": "Add \\textbf{two} numbers.\n",
    "statement-sections/english/input.tex": "Numbers $a$ and $b$.\n",
    "statements/russian/problem-properties.json": '{"legend": "Да.", "output": "Да!"}',
    "solutions/main.cpp": "int main() {}\n",
    "solutions/wa.py": "print(0)\n",
    "solutions/Slow.java": "class Slow {}\n",
}


def with_xml(old: str, new: str) -> dict[str, Content]:
    assert old in XML
    return {**VALID, "problem.xml": XML.replace(old, new)}


def line(text: str) -> int:
    return XML[: XML.index(text)].count("\n") + 1


def test_a_full_package_is_read() -> None:
    kind, found, faults = load(VALID)
    assert (kind, faults.errors) == ("polygon", [])
    assert [fault.code for fault in faults.warnings] == ["input_validators_not_run"]
    package = found[0].package
    assert (package.name_hint, package.tags) == ("sums", ("math",))
    assert (package.limits.cpu_time_ms, package.limits.memory_kib) == (1500, 256 * 1024)
    assert package.checker == Checker(kind=CheckerKind.TOKENS, case_sensitive=True)
    assert [(one.locale, one.title, one.source) for one in package.statements] == [
        ("en", "Sums", "Add **two** numbers.\n\n## Input\n\nNumbers $a$ and $b$.\n"),
        ("ru", "Дважды", "Да.\n\n## Выходные данные\n\nДа!\n"),  # noqa: RUF001 - Russian
    ]
    assert [(one.path, one.language_id, one.expected_verdicts) for one in package.programs] == [
        ("main/main.cpp", "cpp", ("AC",)),
        ("wrong-answer/wa.py", "python3", ("WA",)),
        ("time-limit-exceeded-or-accepted/Slow.java", "java", ("TLE", "AC")),
    ]
    assert contents(found[0]) == [
        ("001", True, b"1 2\n", b"3\n"),
        ("002", False, b"2 2\n", b"4\n"),
    ]


def test_a_package_in_one_folder_without_texts_is_read() -> None:
    texts = [path for path in VALID if path.startswith("statement")]
    packed = changed(VALID, dict.fromkeys(texts))
    _, found, faults = load({f"sums-5/{path}": content for path, content in packed.items()})
    assert faults.errors == []
    assert "statement_empty" in [fault.code for fault in faults.warnings]
    assert [one.title for one in found[0].package.statements] == ["Sums", "Дважды"]


@pytest.mark.parametrize(
    ("name", "kind", "absolute", "relative"),
    [
        ("wcmp", CheckerKind.TOKENS, None, None),
        ("fcmp", CheckerKind.LINES, None, None),
        ("rcmp", CheckerKind.FLOATS, 1.5e-6, None),
        ("rcmp4", CheckerKind.FLOATS, 1e-4, 1e-4),
        ("rcmp6", CheckerKind.FLOATS, 1e-6, 1e-6),
        ("rcmp9", CheckerKind.FLOATS, 1e-9, 1e-9),
    ],
)
def test_standard_checkers_become_ours(
    name: str, kind: CheckerKind, absolute: float | None, relative: float | None
) -> None:
    _, found, faults = load(with_xml("ncmp", name))
    assert faults.errors == []
    checker = found[0].package.checker
    assert (checker.kind, checker.float_absolute_tolerance) == (kind, absolute)
    assert checker.float_relative_tolerance == relative


def test_letters_do_not_count_in_yes_and_no() -> None:
    _, found, _ = load(with_xml("ncmp", "nyesno"))
    assert found[0].package.checker.case_sensitive is False


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('name="std::ncmp.cpp" ', "", "not_supported", "<checker"),
        ("std::ncmp.cpp", "std::uncmp.cpp", "not_supported", "<checker"),
        ("std::ncmp.cpp", "std::pointscmp.cpp", "not_supported", "<checker"),
        ("std::ncmp.cpp", "check.cpp", "not_supported", "<checker"),
        ("<validators>", "<interactor/><validators>", "not_supported", "<validators>"),
        ('input-file=""', 'input-file="a.in"', "not_supported", "<judging"),
        ('output-file=""', 'output-file="a.out"', "not_supported", "<judging"),
        ('cpu-name="x"', 'run-count="2"', "not_supported", "<judging"),
        ('cmd="gen 5"', 'points="5"', "not_supported", '<test cmd="gen'),
        ("<test-count>", "<groups><group/></groups><test-count>", "not_supported", "<test-count>"),
        ("1500", "soon", "key_wrong_type", "<time-limit>"),
        ("1500", "0", "key_wrong_type", "<time-limit>"),
        ("268435456", "9" * 15, "key_wrong_type", "<memory-limit>"),
        ("<time-limit>1500</time-limit>", "", "element_missing", "<testset"),
        ("tests/%02d<", "tests/%99999999d<", "key_wrong_type", "<input-path"),
        ("tests/%02d<", "tests/%s<", "key_wrong_type", "<input-path"),
        ("solutions/wa.py", "../../etc/passwd", "listed_file_missing", '<solution tag="wrong'),
        (
            '<file path="files/testlib.h" type="h.g++"/>',
            '<file path="g.cpp"><assets><asset name="solution"/></assets></file>',
            "not_supported",
            "<resources>",
        ),
        ("  <tags>", "  <oops>", "xml_malformed", "  <tags>"),
        ("std::ncmp.cpp", "&x;", "xml_malformed", "<checker"),
    ],
)
def test_a_faulty_problem_xml_is_refused_with_its_line(
    old: str, new: str, code: str, place: str
) -> None:
    assert refusals(with_xml(old, new))[0] == (code, "problem.xml", line(place))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"tests/02": None}, [("test_not_in_package", "tests/02", None)]),
        (
            {"tests/01.a": None, "tests/02.a": None},
            [
                ("test_not_in_package", "tests/01.a", None),
                ("test_not_in_package", "tests/02.a", None),
                ("no_tests_found", "problem.xml", None),
            ],
        ),
        (
            {"statement-sections/english/legend.tex": b"\xff"},
            [("not_utf8", "statement-sections/english/legend.tex", 1)],
        ),
        (
            {"statements/russian/problem-properties.json": "{"},
            [("json_malformed", "statements/russian/problem-properties.json", 1)],
        ),
        ({"problem.xml": "<other/>"}, None),
        (
            {"problem.xml": "<!DOCTYPE p [<!ENTITY a 'b'>]>\n<problem/>"},
            [("xml_dtd", "problem.xml", 1)],
        ),
        ({"problem.xml": "<problem/>"}, None),
    ],
)
def test_a_faulty_package_is_refused(
    changes: dict[str, Content | None], expected: list[tuple[str, str, int | None]] | None
) -> None:
    found = refusals(changed(VALID, changes))
    if expected is None:
        assert {code for code, _, _ in found} == {"element_missing", "no_tests_found"}
    else:
        assert found == expected
