"""Polygon's solutions with their tags, as jury programs."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.package import PackageProgram
from api.packages.programs import read_program, without_doubles
from api.packages.xml_reader import Element
from contracts.verdicts import Verdict

_FAILURES: Final = (Verdict.WA, Verdict.TLE, Verdict.RTE, Verdict.MLE, Verdict.OLE)
_TAGS: Final[dict[str, tuple[Verdict, ...]]] = {
    "main": (Verdict.AC,),
    "accepted": (Verdict.AC,),
    "rejected": _FAILURES,
    "wrong-answer": (Verdict.WA,),
    # White space that we do not mind may be all that was wrong.
    "presentation-error": (Verdict.WA, Verdict.AC),
    "time-limit-exceeded": (Verdict.TLE,),
    "time-limit-exceeded-or-accepted": (Verdict.TLE, Verdict.AC),
    "time-limit-exceeded-or-memory-limit-exceeded": (Verdict.TLE, Verdict.MLE, Verdict.RTE),
    # An allocation that fails ends many programs by themselves.
    "memory-limit-exceeded": (Verdict.MLE, Verdict.RTE),
    "failed": (Verdict.RTE,),
}
_LANGUAGES: Final = {
    "cpp": "cpp",
    "c": "c",
    "java": "java",
    "java8": "java",
    "java11": "java",
    "java17": "java",
    "java21": "java",
    "pas": "pascal",
    "csharp": "csharp",
    "kotlin": "kotlin",
    "go": "go",
    "rust": "rust",
    "d": "d",
    "haskell": "haskell",
    "js": "javascript",
    "ruby": "ruby",
    "php": "php",
    "ocaml": "ocaml",
    "scala": "scala",
}


def read_solutions(
    files: PackageFiles, root: str, problem: Element, faults: Faults
) -> tuple[PackageProgram, ...]:
    """Return the solutions; those that Polygon itself does not run are left out."""
    file = f"{root}problem.xml"
    solutions = problem.find("assets", "solutions")
    programs = []
    for solution in solutions.all("solution") if solutions else []:
        tag = solution.attributes.get("tag", "")
        source = solution.find("source")
        if tag == "do-not-run":
            continue
        if tag not in _TAGS:
            faults.warn("expectation_unknown", file, solution.line, folder=tag)
            continue
        path = f"{root}{source.attributes.get('path', '')}" if source else ""
        if path not in files.sizes:
            faults.error("listed_file_missing", file, solution.line, path=path or "source")
            continue
        program = read_program(files, path, tag, _TAGS[tag], faults)
        if program and source:
            language = _language(source.attributes.get("type", "")) or program.language_id
            programs.append(replace(program, language_id=language))
    if not any(Verdict.AC.value in program.expected_verdicts for program in programs):
        faults.warn("no_accepted_program", file)
    return without_doubles(programs, faults)


def _language(kind: str) -> str | None:
    if kind.startswith("python."):
        return "python2" if kind.startswith(("python.2", "python.pypy2")) else "python3"
    return _LANGUAGES.get(kind.partition(".")[0])
