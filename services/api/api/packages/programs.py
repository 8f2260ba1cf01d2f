"""Jury programs of the formats that name each one by its file."""

from __future__ import annotations

import posixpath
from typing import Final

from api.languages.extensions import language_of
from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.package import PackageProgram
from api.packages.texts import read_bytes
from contracts.verdicts import Verdict

MAX_PROGRAMS: Final = 500
MAX_PROGRAM_BYTES: Final = 512 << 10

LANGUAGES: Final = {
    "c": "c",
    "gcc": "c",
    "c++": "cpp",
    "cpp": "cpp",
    "cc": "cpp",
    "g++": "cpp",
    "clang": "c",
    "clang++": "cpp",
    "java": "java",
    "pascal": "pascal",
    "python": "python3",
    "python3": "python3",
    "python2": "python2",
    "golang": "go",
    "go": "go",
    "ruby": "ruby",
    "javascript": "javascript",
    "c#": "csharp",
    "php": "php",
    "rust": "rust",
    "kotlin": "kotlin",
    "lua": "lua",
    "haskell": "haskell",
    "bash": "bash",
}
"""Kattis ids by the names that the Chinese judges give to languages."""

EXTENSIONS: Final = {
    "c": "c",
    "cpp": "cpp",
    "java": "java",
    "pascal": "pas",
    "python3": "py",
    "go": "go",
    "python2": "py2",
    "ruby": "rb",
    "javascript": "js",
    "csharp": "cs",
    "php": "php",
    "rust": "rs",
    "kotlin": "kt",
    "lua": "lua",
    "haskell": "hs",
    "bash": "sh",
}


def read_program(
    files: PackageFiles, path: str, folder: str, verdicts: tuple[Verdict, ...], faults: Faults
) -> PackageProgram | None:
    """Return the program in one file, or None with a fault."""
    language = language_of(path)
    if language is None:
        faults.warn("program_language_unknown", path)
        return None
    source = read_bytes(files, path, faults, MAX_PROGRAM_BYTES)
    if source is None:
        return None
    name = f"{folder}/{posixpath.basename(path)}"
    return PackageProgram(name, language, source, tuple(verdict.value for verdict in verdicts))


def inline_program(
    source: str, spoken: str, ordinal: int, file: str, line: int | None, faults: Faults
) -> PackageProgram | None:
    """Return an accepted program whose text stands within another file."""
    language = LANGUAGES.get(spoken.strip().lower())
    if language is None:
        faults.warn("program_language_unknown", file, line)
        return None
    content = source.encode("utf-8", "replace")
    if len(content) > MAX_PROGRAM_BYTES:
        faults.error("text_too_large", file, line, limit=MAX_PROGRAM_BYTES >> 10)
        return None
    name = f"accepted/{ordinal}.{EXTENSIONS[language]}"
    return PackageProgram(name, language, content, (Verdict.AC.value,))


def without_doubles(programs: list[PackageProgram], faults: Faults) -> tuple[PackageProgram, ...]:
    """Return programs with names of their own, which the site knows them by."""
    if len(programs) > MAX_PROGRAMS:
        faults.error("too_many_programs", "", limit=MAX_PROGRAMS)
        return ()
    return tuple({program.path: program for program in programs}.values())
