"""A QDUOJ zip to packages. Scores mean nothing in its ACM rule, so they are not read there."""

from __future__ import annotations

from typing import Any, Final

from api.packages.cases import MAX_PROBLEMS, beneath, check_cases, roots_of
from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.json_reader import JsonFile, read_json_file
from api.packages.made_files import MadeFiles
from api.packages.package import (
    Loaded,
    Package,
    PackageCase,
    PackageLimits,
    PackageProgram,
    PackageStatement,
)
from api.packages.pairing import case_of, natural, pair, tell
from api.packages.programs import inline_program, without_doubles
from api.packages.sections import from_html
from api.packages.titles import Hints, clean_tags
from contracts.judging import Checker, CheckerKind

FILE: Final = "problem.json"
MAX_MILLISECONDS: Final = 60_000
MAX_MEMORY_MIB: Final = 4096

_KNOWN: Final = frozenset(
    {
        *("display_id", "title", "description", "input_description", "output_description", "hint"),
        *("test_case_score", "time_limit", "memory_limit", "samples", "template", "spj"),
        *("rule_type", "source", "answers", "tags", "io_mode", "difficulty"),
    }
)
_SECTIONS: Final = (
    ("description", ""),
    ("input_description", "input"),
    ("output_description", "output"),
    ("hint", "hint"),
)


def recognises(files: PackageFiles) -> bool:
    """Tell whether there is a `problem.json` with test data beside it."""
    return bool(roots_of(files, FILE))


def read_qduoj(files: PackageFiles, faults: Faults) -> list[Loaded]:
    """Read every problem of the zip."""
    roots = sorted(roots_of(files, FILE), key=natural)
    if len(roots) > MAX_PROBLEMS:
        faults.error("too_many_problems", "", limit=MAX_PROBLEMS)
        return []
    if not roots:
        faults.error("file_missing", FILE)
    made, hints = MadeFiles(files), Hints(files.name_hint, several=len(roots) > 1)
    return [loaded for root in roots if (loaded := _read(made, root, hints, faults))]


def _read(files: MadeFiles, root: str, hints: Hints, faults: Faults) -> Loaded | None:
    problem = read_json_file(files, f"{root}{FILE}", faults)
    if problem is None:
        return None
    for key in problem.values:
        if key not in _KNOWN:
            faults.warn("key_ignored", problem.file, problem.line(key), key=key)
    _refuse(problem, faults)
    milliseconds = problem.whole("time_limit", MAX_MILLISECONDS)
    memory = problem.whole("memory_limit", MAX_MEMORY_MIB)
    for key, value in (("time_limit", milliseconds), ("memory_limit", memory)):
        if value is None and problem.values.get(key) is None:
            faults.error("key_missing", problem.file, None, key=key)
    cases = [*_samples(files, root, problem, faults), *_cases(files, root, problem, faults)]
    package = Package(
        name_hint=hints.give(problem.text("display_id"), problem.text("title")),
        statements=(_statement(problem, faults),),
        cases=check_cases(cases, problem.file, faults),
        limits=PackageLimits(milliseconds, memory * 1024 if memory else None),
        # QDUOJ compares everything but white space at the end.
        checker=Checker(kind=CheckerKind.LINES, case_sensitive=True),
        programs=_programs(problem, faults),
        tags=_tags(problem),
        source=problem.text("source")[:500],
    )
    return Loaded(package, files)


def _refuse(problem: JsonFile, faults: Faults) -> None:
    if problem.values.get("spj"):
        problem.not_supported("spj", "spj (special judge)")
    rule = problem.text("rule_type")
    if rule == "OI":
        problem.not_supported("rule_type", "rule_type: OI (points)")
    elif rule not in ("", "ACM"):
        problem.wrong("rule_type", "ACM or OI")
    mode: Any = problem.values.get("io_mode")
    name = mode.get("io_mode") if isinstance(mode, dict) else mode
    if name not in (None, "", "Standard IO"):
        problem.not_supported("io_mode", f"io_mode: {name}")
    templates = problem.values.get("template")
    if not isinstance(templates, dict):
        if templates is not None:
            problem.wrong("template", "an object")
        return
    for language, template in templates.items():
        parts = template if isinstance(template, dict) else {}
        if any(str(parts.get(part) or "").strip() for part in ("prepend", "append")):
            problem.not_supported("template", f"template: {language} (prepend, append)")
        elif parts:
            faults.warn("template_ignored", problem.file, problem.line("template"))


def _statement(problem: JsonFile, faults: Faults) -> PackageStatement:
    title = problem.text("title")
    if not title:
        faults.error("key_missing", problem.file, problem.line("title"), key="title")
    parts = []
    for key, section in _SECTIONS:
        value = problem.values.get(key)
        if isinstance(value, dict):
            value = value.get("value")
        if value is not None and not isinstance(value, str):
            problem.wrong(key, "a text, or an object with format and value")
            value = None
        parts.append((section, (value or "").replace("\0", "")))
    return from_html(title, parts, problem.file, problem.line("description"), faults)


def _samples(files: MadeFiles, root: str, problem: JsonFile, faults: Faults) -> list[PackageCase]:
    cases, is_sample = [], True
    for number, sample in enumerate(problem.objects("samples"), 1):
        texts = (sample.get("input"), sample.get("output"))
        paths = [f"{root}{FILE}#sample/{number}.{kind}" for kind in ("in", "out")]
        if not all(isinstance(text, str) for text in texts):
            problem.wrong("samples", "objects with the texts input and output")
            return []
        for path, text in zip(paths, texts, strict=True):
            if not files.add(path, str(text).replace("\r\n", "\n").encode("utf-8", "replace")):
                faults.error("package_too_large", path, limit=1024)
        cases.append(PackageCase(f"sample/{number}", "sample", is_sample, *paths))
    return cases


def _cases(files: PackageFiles, root: str, problem: JsonFile, faults: Faults) -> list[PackageCase]:
    folder = f"{root}testcase/"
    listed = problem.objects("test_case_score")
    if not listed:
        pairs = pair(
            (path for path in beneath(files, folder) if not path.endswith("/info")), folder
        )
        tell(pairs, faults)
        return pairs.cases
    line, cases = problem.line("test_case_score"), []
    for entry in listed:
        names = [entry.get("input_name"), entry.get("output_name")]
        if not all(isinstance(name, str) for name in names):
            problem.wrong("test_case_score", "objects with input_name and output_name")
            return []
        paths = [f"{folder}{name}" for name in names]
        missing = [path for path in paths if path not in files.sizes]
        for path in missing:
            faults.error("listed_file_missing", problem.file, line, path=path)
        if not missing:
            cases.append(case_of(paths[0], paths[1], folder))
    return cases


def _programs(problem: JsonFile, faults: Faults) -> tuple[PackageProgram, ...]:
    programs = []
    for number, answer in enumerate(problem.objects("answers"), 1):
        language, code = answer.get("language"), answer.get("code")
        if not isinstance(language, str) or not isinstance(code, str):
            problem.wrong("answers", "objects with the texts language and code")
            break
        if not code.strip():
            continue
        line = problem.line("answers")
        program = inline_program(code, language, number, problem.file, line, faults)
        programs += [program] if program else []
    return without_doubles(programs, faults)


def _tags(problem: JsonFile) -> tuple[str, ...]:
    tags = problem.values.get("tags")
    if tags is None:
        return ()
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        problem.wrong("tags", "a list of texts")
        return ()
    return clean_tags(tags)
