"""Which file and class is started, and which names are let through."""

import pytest

from contracts.judging import Program, SourceFile
from judge.errors import MalformedRequestError
from judge.languages.entry import find_class, prepare
from judge.languages.language import LanguageData
from judge.languages.registry import load

LANGUAGES = {data.id: data for data in load()}
JAVA, CPP = LANGUAGES["java"], LANGUAGES["cpp"]
MAIN = "public static void main(String[] args) {}"


def files(*named: tuple[str, str]) -> list[SourceFile]:
    return [SourceFile(name=name, content=content.encode()) for name, content in named]


def program(language: LanguageData, *named: tuple[str, str], entry: str | None = None) -> Program:
    return Program(language=language.id, files=files(*named), entry_point=entry)


@pytest.mark.parametrize(
    ("source", "file", "to_start"),
    [
        (f"public class Solution {{ {MAIN} }}", "Solution", "Solution"),
        (f"class A {{}} class B {{ {MAIN} }}", "Main", "B"),
        (f"class A {{ {MAIN} }} class B {{}}", "Main", "A"),
        (f"class A {{ class C {{}} {MAIN} }}", "Main", "A"),
        (f"class A {{ static class C {{}} int x; {MAIN} }}", "Main", "A"),
        (f"public final class F {{ {MAIN} }}", "F", "F"),
        (f"public enum E {{ X; {MAIN} }}", "E", "E"),
        (f"public record R(int x) {{ {MAIN} }}", "R", "R"),
        (f"package a.b;\npublic class P {{ {MAIN} }}", "P", "a.b.P"),
        (f"// public class No {{}}\nclass Yes {{ {MAIN} }}", "Main", "Yes"),
        (f'class Yes {{ String s = "public class No {{"; {MAIN} }}', "Main", "Yes"),
        (f"public class Helper {{}} class Run {{ {MAIN} }}", "Helper", "Run"),
        ("public class Quiet {}", "Quiet", "Quiet"),
        ("", "Main", "Main"),
        ("void main() {}", "Main", "Main"),
    ],
)
def test_the_class_with_the_main_method_is_started(source: str, file: str, to_start: str) -> None:
    found = find_class(source.encode())
    assert (found.file, found.to_start) == (file, to_start)


def test_a_lone_file_gets_the_name_that_its_language_wants() -> None:
    prepared = prepare(CPP, program(CPP, ("../../etc/passwd", "int main() {}")))
    assert [file.name for file in prepared.files] == ["main.cpp"]
    assert prepared.main == "main.cpp"


def test_the_java_file_is_named_after_its_public_class() -> None:
    prepared = prepare(JAVA, program(JAVA, ("x.java", f"public class Foo {{ {MAIN} }}")))
    assert (prepared.main, prepared.main_class) == ("Foo.java", "Foo")


def test_the_entry_point_decides_which_class_is_started() -> None:
    source = ("A.java", f"class A {{ {MAIN} }} class B {{ {MAIN} }}")
    assert prepare(JAVA, program(JAVA, source, entry="A")).main_class == "A"
    assert prepare(JAVA, program(JAVA, source, entry="p.B.java")).main_class == "p.B"


@pytest.mark.parametrize("entry", ["-version", "A B", "a/b", "", "A;rm", "A\n"])
def test_an_entry_point_that_is_no_class_is_refused(entry: str) -> None:
    with pytest.raises(MalformedRequestError):
        prepare(JAVA, program(JAVA, ("A.java", "class A {}"), entry=entry))


@pytest.mark.parametrize("name", ["../a.cpp", "/a.cpp", "a/b.cpp", "-o.cpp", ".cpp", "a b.cpp", ""])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(MalformedRequestError):
        prepare(CPP, program(CPP, ("main.cpp", ""), (name, "")))


def test_the_same_name_twice_is_refused() -> None:
    with pytest.raises(MalformedRequestError):
        prepare(CPP, program(CPP, ("a.cpp", ""), ("a.cpp", "")))


def test_files_without_any_source_are_refused() -> None:
    with pytest.raises(MalformedRequestError, match=r"\.cpp"):
        prepare(CPP, program(CPP, ("a.h", ""), ("b.txt", "")))


def test_of_several_files_the_usual_name_is_the_main_one() -> None:
    python = LANGUAGES["python3"]
    several = [("helper.py", ""), ("main.py", "")]
    assert prepare(python, program(python, *several)).main == "main.py"
    assert prepare(python, program(python, *several, entry="helper.py")).main == "helper.py"
    with pytest.raises(MalformedRequestError):
        prepare(python, program(python, *several, entry="other.py"))
