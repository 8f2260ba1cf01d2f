from __future__ import annotations

import io
import tracemalloc

import pytest

from api.packages.testing import contents, load, refusals, zipped
from contracts.judging import Checker, CheckerKind

ITEM = """\
<item>
<title><![CDATA[Sums]]></title>
<time_limit unit="s"><![CDATA[1]]></time_limit>
<memory_limit unit="mb"><![CDATA[128]]></memory_limit>
<description><![CDATA[<p>Add two numbers.</p>]]></description>
<input><![CDATA[Two numbers.]]></input>
<output><![CDATA[The sum.]]></output>
<sample_input><![CDATA[1 2]]></sample_input>
<sample_output><![CDATA[3]]></sample_output>
<test_input><![CDATA[5 6]]></test_input>
<test_output><![CDATA[11]]></test_output>
<hint><![CDATA[]]></hint>
<source><![CDATA[School]]></source>
<solution language="C++"><![CDATA[int main() {}]]></solution>
</item>
"""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<fps version="{}" url="https://example.org/">\n'
DOCTYPE = '<!DOCTYPE fps PUBLIC "-//freeproblemset//EN" "http://example.org/fps.dtd" >\n'


def fps(*items: str, version: str = "1.2") -> bytes:
    return (HEAD.format(version) + "".join(items) + "</fps>\n").encode()


def item(**replaced: str) -> str:
    """Return the item with whole elements in the place of its own, by tag; "" takes it out."""
    lines = []
    for line in ITEM.splitlines():
        tag = line[1:].split(">")[0].split(" ")[0]
        lines.append(replaced.get(tag, line))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4", "1.5"])
def test_a_document_by_itself_is_read(version: str) -> None:
    kind, found, faults = load(fps(ITEM, version=version))
    assert (kind, faults.errors, faults.warnings) == ("fps", [], [])
    package = found[0].package
    assert package.name_hint == "sums"
    assert (package.limits.cpu_time_ms, package.limits.memory_kib) == (1000, 128 * 1024)
    assert package.checker == Checker(kind=CheckerKind.TOKENS, case_sensitive=True)
    assert package.statements[0].source == (
        "Add two numbers.\n\n## Input\n\nTwo numbers.\n\n## Output\n\nThe sum.\n"
    )
    assert [program.path for program in package.programs] == ["accepted/1.cpp"]
    assert contents(found[0]) == [
        ("sample/1", True, b"1 2", b"3"),
        ("secret/1", False, b"5 6", b"11"),
    ]


def test_a_zip_of_several_items_is_read() -> None:
    second = item(title="<title>두 수의 합</title>")
    _, found, faults = load({"a.xml": fps(ITEM, second), "b.xml": fps(ITEM)})
    assert faults.errors == []
    assert [one.package.name_hint for one in found] == ["sums", "upload-2", "upload-3"]
    assert found[1].package.statements[0].locale == "ko"


def test_units_are_honoured() -> None:
    limits = {
        "time_limit": '<time_limit unit="ms">1500</time_limit>',
        "memory_limit": '<memory_limit unit="KB">65536</memory_limit>',
    }
    _, found, _ = load(fps(item(**limits)))
    assert (found[0].package.limits.cpu_time_ms, found[0].package.limits.memory_kib) == (
        1500,
        65536,
    )


def test_tests_that_alternate_under_one_name_are_told_apart() -> None:
    tests = "".join(f"<test_input>{text}</test_input>" for text in ("1 1", "2", "2 2", "4"))
    _, found, faults = load(fps(item(test_input=tests, test_output="")))
    assert faults.errors == []
    assert [fault.code for fault in faults.warnings] == ["tests_alternate"]
    assert contents(found[0])[1:] == [
        ("secret/1", False, b"1 1", b"2"),
        ("secret/2", False, b"2 2", b"4"),
    ]


def test_images_and_templates_are_dropped_with_a_warning() -> None:
    image = "<img><src>x.png</src><base64>" + "A" * 3_000_000 + "</base64></img>"
    template = '<template language="C">int f();</template>'
    _, found, faults = load(fps(item(hint=image + template, source="<mood>x</mood>")))
    assert faults.errors == []
    assert sorted(fault.code for fault in faults.warnings) == [
        "images_ignored",
        "key_ignored",
        "template_ignored",
    ]
    assert found[0].package.statements[0].title == "Sums"


def test_an_item_with_samples_alone_is_taken_with_a_warning() -> None:
    _, found, faults = load(fps(item(test_input="", test_output="")))
    assert len(found[0].package.cases) == 1
    assert [fault.code for fault in faults.warnings] == ["no_secret_cases"]


def test_a_doctype_that_only_names_a_file_elsewhere_is_passed_over() -> None:
    text = fps(ITEM).decode().replace("<fps", DOCTYPE + "<fps")
    assert refusals(text.encode()) == []


@pytest.mark.parametrize(
    ("replaced", "code", "line"),
    [
        ({"hint": '<spj language="C">int main() {}</spj>'}, "not_supported", 14),
        ({"hint": "<tpj>x</tpj>"}, "not_supported", 14),
        ({"hint": '<prepend language="C">int x;</prepend>'}, "not_supported", 14),
        ({"hint": '<append language="C">int x;</append>'}, "not_supported", 14),
        ({"hint": "<remote_oj>POJ</remote_oj>"}, "not_supported", 14),
        ({"title": ""}, "key_missing", 3),
        ({"time_limit": ""}, "key_missing", 3),
        ({"time_limit": '<time_limit unit="h">1</time_limit>'}, "unit_unknown", 5),
        ({"time_limit": "<time_limit>-1</time_limit>"}, "key_wrong_type", 5),
        ({"time_limit": "<time_limit>fast</time_limit>"}, "key_wrong_type", 5),
        ({"time_limit": "<time_limit>nan</time_limit>"}, "key_wrong_type", 5),
        ({"memory_limit": "<memory_limit>1e30</memory_limit>"}, "key_wrong_type", 6),
        ({"test_output": ""}, "tests_uneven", 3),
        ({"sample_output": ""}, "tests_uneven", 3),
    ],
)
def test_a_faulty_item_is_refused_with_its_line(
    replaced: dict[str, str], code: str, line: int
) -> None:
    assert refusals(fps(item(**replaced))) == [(code, "upload.zip.xml", line)]


def test_no_data_at_all_is_refused() -> None:
    tags = ("test_input", "test_output", "sample_input", "sample_output")
    assert refusals(fps(item(**dict.fromkeys(tags, "")))) == [
        ("no_tests_found", "upload.zip.xml", None)
    ]


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE fps [<!ENTITY a "aaaaaaaaaa">\n'
    '<!ENTITY b "&a;&a;&a;&a;">]>\n<fps><item><title>&b;</title></item></fps>'
)
OUTSIDE = '<!DOCTYPE fps [<!ENTITY x SYSTEM "file:///etc/passwd">]><fps><item>&x;</item></fps>'


@pytest.mark.parametrize(
    ("document", "code", "line"),
    [
        (BOMB, "xml_dtd", 2),
        (OUTSIDE, "xml_dtd", 1),
        ("<fps>\n<item>\n</fps>", "xml_malformed", 3),
        ("<fps>\n", "xml_malformed", 2),
        ("<fps></fps>", "no_items", 1),
        ("<fps>" + "<a>" * 100, "xml_too_deep", 1),
        ("<fps>&nbsp;</fps>", "xml_malformed", 1),
        ("<fps><item><title>" + "x" * (2 << 20) + "</title></item></fps>", "text_too_large", 1),
        ("<fps><item>\x01</item></fps>", "xml_malformed", 1),
    ],
)
def test_a_broken_document_is_refused(document: str, code: str, line: int) -> None:
    assert refusals(document.encode(), "fps") == [(code, "upload.zip.xml", line)]


def test_too_many_items_are_refused() -> None:
    assert ("too_many_problems", "upload.zip.xml", None) in refusals(fps(*[ITEM] * 201))


def test_another_xml_is_not_taken_for_it() -> None:
    assert load(b"<html></html>")[0] is None
    assert refusals({"a.xml": "<html/>"}, "fps") == [("file_missing", "fps.xml", None)]


def test_many_tests_are_read_in_bounded_memory() -> None:
    test = "<test_input>" + "1" * 1_000_000 + "</test_input><test_output>2</test_output>"
    packed = zipped({"a.xml": fps(item(test_input=test * 60, test_output=""))}).getvalue()
    tracemalloc.start()
    _, found, faults = load(packed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (faults.errors, len(found[0].package.cases)) == ([], 61)
    assert peak < 24 << 20


def test_endless_programs_are_refused_before_they_fill_the_memory() -> None:
    program = '<solution language="C">' + "x" * 500_000 + "</solution>"
    packed = zipped({"a.xml": fps(*[item(solution=program * 10)] * 12)}).getvalue()
    assert [code for code, _, _ in refusals(packed)] == ["texts_too_large"]


def test_the_same_document_twice_gives_the_same_names() -> None:
    items = [item(title=f"<title>{title}</title>") for title in ("합", "Sums", "Sums", "+")]
    names = [[one.package.name_hint for one in load(fps(*items))[1]] for _ in range(2)]
    assert names[0] == names[1] == ["upload-1", "sums", "upload-3", "upload-4"]


def test_a_document_in_an_unknown_encoding_is_refused() -> None:
    document = io.BytesIO(b'<?xml version="1.0" encoding="klingon"?><fps></fps>')
    assert refusals(document.getvalue(), "fps") == [("xml_malformed", "upload.zip.xml", 1)]
