"""Kattis language ids by file extension, for where no judge can be asked. Pure data."""

from __future__ import annotations

from typing import Final

BY_EXTENSION: Final = {
    "adb": "ada",
    "ads": "ada",
    "c": "c",
    "C": "cpp",
    "c++": "cpp",
    "cc": "cpp",
    "cpp": "cpp",
    "cxx": "cpp",
    "cob": "cobol",
    "cr": "crystal",
    "cs": "csharp",
    "d": "d",
    "dart": "dart",
    "erl": "erlang",
    "ex": "elixir",
    "f90": "fortran",
    "fs": "fsharp",
    "go": "go",
    "hs": "haskell",
    "java": "java",
    "jl": "julia",
    "js": "javascript",
    "kt": "kotlin",
    "lisp": "lisp",
    "lua": "lua",
    "ml": "ocaml",
    "nim": "nim",
    "pas": "pascal",
    "php": "php",
    "pl": "prolog",
    "pm": "perl",
    "py": "python3",
    "py2": "python2",
    "py3": "python3",
    "rb": "ruby",
    "rkt": "racket",
    "rs": "rust",
    "scala": "scala",
    "sh": "bash",
    "swift": "swift",
    "ts": "typescript",
    "vb": "visualbasic",
    "zig": "zig",
}
"""As in the appendix "Languages" of the Kattis problem package format."""


def language_of(filename: str) -> str | None:
    """Return the language id that a file's name says, or None."""
    _, dot, extension = filename.rpartition(".")
    if not dot:
        return None
    return BY_EXTENSION.get(extension) or BY_EXTENSION.get(extension.lower())
