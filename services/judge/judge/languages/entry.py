"""Finds the class to start in Java-like sources, and gives sources the names compilers want."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from contracts.judging import Program, SourceFile
from judge.errors import MalformedRequestError
from judge.languages.language import LanguageData

_SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}")
_CLASS_NAME = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*")
_MOST_FILES = 64
_NOISE = re.compile(
    r'//[^\n]*|/\*.*?\*/|"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
    re.DOTALL,
)
_PUBLIC_CLASS = re.compile(
    r"\bpublic\s+(?:(?:final|abstract|strictfp|sealed|non-sealed)\s+)*"
    r"(?:class|interface|enum|record)\s+([A-Za-z_$][\w$]*)"
)
_ANY_CLASS = re.compile(r"\b(?:class|interface|enum|record)\s+([A-Za-z_$][\w$]*)")
_MAIN_METHOD = re.compile(r"\bvoid\s+main\s*\(")
_PACKAGE = re.compile(r"^\s*package\s+([\w.$]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Sources under the names they have in the box, and what to start."""

    files: tuple[SourceFile, ...]
    main: str
    main_class: str = ""


def prepare(language: LanguageData, program: Program) -> Prepared:
    """Check the names again and choose the file (and class) to start."""
    files = program.files
    if not files or len(files) > _MOST_FILES:
        raise MalformedRequestError(f"a program has 1 to {_MOST_FILES} files")
    names = [file.name for file in files]
    if len(set(names)) != len(names):
        raise MalformedRequestError("two files have the same name")
    if len(files) == 1:
        return _single(language, files[0], program.entry_point)
    for name in names:
        if _SAFE_NAME.fullmatch(name) is None:
            raise MalformedRequestError(f"not a file name: {name[:100]!r}")
    return _several(language, files, program.entry_point)


def _single(language: LanguageData, file: SourceFile, entry: str | None) -> Prepared:
    """A lone file gets the name that its language wants; the sender's does not matter."""
    if language.main_class != "java":
        renamed = SourceFile(name=language.source, content=file.content)
        return Prepared((renamed,), language.source, language.main_class or "")
    content = file.content.removeprefix(codecs.BOM_UTF8)  # javac takes it for a character
    found = find_class(content)
    renamed = SourceFile(name=f"{found.file}.java", content=content)
    return Prepared((renamed,), renamed.name, _chosen_class(entry) or found.to_start)


def _several(language: LanguageData, files: Sequence[SourceFile], entry: str | None) -> Prepared:
    sources = language.sources(file.name for file in files)
    if not sources:
        raise MalformedRequestError(f"no file ends in .{' or .'.join(language.extensions)}")
    main = language.source if language.source in sources else sources[0]
    if language.main_class == "java":
        chosen = _chosen_class(entry) or _class_of_several(files)
        return Prepared(tuple(files), main, chosen)
    if entry is not None:
        if entry not in sources:
            raise MalformedRequestError(f"the entry point is not one of the files: {entry[:100]!r}")
        main = entry
    return Prepared(tuple(files), main, language.main_class or "")


def _chosen_class(entry: str | None) -> str | None:
    if entry is None:
        return None
    name = entry.removesuffix(".java")
    if _CLASS_NAME.fullmatch(name) is None:
        raise MalformedRequestError(f"not a class name: {entry[:100]!r}")
    return name


def _class_of_several(files: Sequence[SourceFile]) -> str:
    for file in files:
        if PurePosixPath(file.name).suffix == ".java":
            found = find_class(file.content)
            if found.has_main:
                return found.to_start
    return "Main"


@dataclass(frozen=True, slots=True)
class FoundClass:
    """What a Java source says: its file's name, the class to start, whether that has a main."""

    file: str
    to_start: str
    has_main: bool


def find_class(content: bytes) -> FoundClass:
    """The class whose main method starts a Java program, by reading its text.

    The public class names the file; without one the class around (the last before) the main
    method is started from Main.java.
    """
    text = _NOISE.sub(" ", content.decode("utf-8", "replace"))
    package = _PACKAGE.search(text)
    prefix = f"{package[1]}." if package else ""
    main = _MAIN_METHOD.search(text)
    public = _PUBLIC_CLASS.search(text)
    found = FoundClass("Main", "Main", main is not None)
    if main is not None:
        before = [match[1] for match in _outer_classes(text) if match.start() < main.start()]
        found = replace(found, to_start=before[-1] if before else "Main")
    if public is not None:
        start = found.to_start if main is not None else public[1]
        found = replace(found, file=public[1], to_start=start)
    return replace(found, to_start=prefix + found.to_start)


def _outer_classes(text: str) -> list[re.Match[str]]:
    """Class declarations outside every brace: a nested class is never what is started."""
    depth, position, found = 0, 0, []
    for match in _ANY_CLASS.finditer(text):
        between = text[position : match.start()]
        depth += between.count("{") - between.count("}")
        position = match.start()
        if depth == 0:
            found.append(match)
    return found
