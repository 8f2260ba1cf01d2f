"""A CMS task to a package. Batch tasks without subtasks only: the rest is scored."""

from __future__ import annotations

import re
from typing import Final

from api.packages.cases import beneath, check_cases
from api.packages.faults import Faults
from api.packages.fields import Fields
from api.packages.files import PackageFiles
from api.packages.package import (
    DEFAULT_SECONDS,
    Loaded,
    Package,
    PackageCase,
    PackageLimits,
    PackageProgram,
    PackageStatement,
)
from api.packages.programs import read_program, without_doubles
from api.packages.texts import read_text, read_yaml_file
from api.packages.titles import MAX_TITLE_LENGTH
from contracts.judging import Checker, CheckerKind
from contracts.verdicts import Verdict

FILE: Final = "task.yaml"
MAX_SECONDS: Final = 300
MAX_MEMORY_MIB: Final = 4096

_DATA: Final = re.compile(r"^(input|output)/(input|output)(\d{1,6})\.txt$")
_SOLUTION: Final = re.compile(r"^(?:sol(?:ution)?|soluzione)(?:$|[-_.])")
_SUBTASK: Final = re.compile(r"^\s*#\s*ST\s*:", re.MULTILINE)
_SPECIAL: Final = re.compile(
    r"^(?:(?:check|cor)/(?:checker|correttore|manager)(?:\.\w+)?"
    r"|sol/(?:grader|stub|manager)\.\w+|gen/GEN\.py)$"
)
_PROGRAM: Final = re.compile(r"\.(?:c|cc|cpp|java|pas|py|rs|go|hs|cs|kt)$")
_PDFS: Final = re.compile(r"^(?:statement|testo)/.+\.pdf$")


def recognises(files: PackageFiles) -> bool:
    """Tell whether there is a `task.yaml`, at the root or in the one folder."""
    return _root(files) is not None


def _root(files: PackageFiles) -> str | None:
    if FILE in files.sizes:
        return ""
    folders = {path.split("/", 1)[0] for path in files.sizes}
    folder = next(iter(folders), "")
    return f"{folder}/" if len(folders) == 1 and f"{folder}/{FILE}" in files.sizes else None


def read_cms(files: PackageFiles, faults: Faults) -> list[Loaded]:
    """Read the one task."""
    root = _root(files)
    document = None if root is None else read_yaml_file(files, f"{root}{FILE}", faults)
    if root is None:
        faults.error("file_missing", FILE)
    if root is None or document is None:
        return []
    fields = Fields(document, f"{root}{FILE}", faults)
    _refuse(fields)
    _look_at_files(files, root, faults)
    name = fields.text("name") or root.rstrip("/") or files.name_hint
    title = (fields.text("title") or name)[:MAX_TITLE_LENGTH]
    seconds = fields.number("time_limit", MAX_SECONDS)
    memory = fields.whole("memory_limit", MAX_MEMORY_MIB)
    if seconds is None:
        faults.warn("time_limit_not_inferred", fields.file, default=DEFAULT_SECONDS)
    fields.warn("line_breaks_not_compared", "score_type")
    package = Package(
        name_hint=name,
        statements=(PackageStatement(_locale(fields), title, ""),),
        cases=check_cases(_cases(files, root, fields, faults), f"{root}input/", faults),
        limits=PackageLimits(
            max(1, round(seconds * 1000)) if seconds else None, memory * 1024 if memory else None
        ),
        checker=Checker(kind=CheckerKind.TOKENS, case_sensitive=True),
        programs=_programs(files, root, faults),
    )
    return [Loaded(package, files)]


def _locale(fields: Fields) -> str:
    locale = fields.text("primary_language") or "it"
    return locale if re.fullmatch(r"[a-z]{2,3}", locale) else "it"


def _refuse(fields: Fields) -> None:
    for key, absent in (("infile", "input.txt"), ("outfile", "output.txt")):
        # An empty text and nothing after the colon both mean the standard stream.
        name = str(fields.values.get(key) or "") if key in fields.values else absent
        if name:
            fields.not_supported(key, f"{key}: {name}")
    for key in ("output_only", "task_type_parameters", "score_type_parameters"):
        if fields.values.get(key):
            fields.not_supported(key, key)
    for key, plain in (("task_type", "Batch"), ("score_type", "Sum")):
        value = fields.text(key)
        if value not in (None, plain):
            fields.not_supported(key, f"{key}: {value}")
    fields.warn("points_ignored", "total_value")


def _look_at_files(files: PackageFiles, root: str, faults: Faults) -> None:
    paths = beneath(files, root)
    for path in paths:
        name = path.removeprefix(root)
        if _SPECIAL.match(name):
            faults.error("not_supported", path, None, feature=name)
    _refuse_subtasks(files, f"{root}gen/GEN", faults)
    if any(_PDFS.match(path.removeprefix(root)) for path in paths):
        faults.warn("statement_pdf", f"{root}statement/")
    else:
        faults.warn("statement_empty", "")
    if any(path.startswith(f"{root}att/") for path in paths):
        faults.warn("attachments_ignored", f"{root}att/")


def _refuse_subtasks(files: PackageFiles, path: str, faults: Faults) -> None:
    if path not in files.sizes:
        return
    text = read_text(files, path, faults) or ""
    match = _SUBTASK.search(text)
    if match:
        line = text.count("\n", 0, match.end()) + 1
        faults.error("not_supported", path, line, feature="#ST (subtasks)")


def _cases(files: PackageFiles, root: str, fields: Fields, faults: Faults) -> list[PackageCase]:
    found: dict[tuple[str, int], str] = {}
    for path in beneath(files, root):
        match = _DATA.match(path.removeprefix(root))
        if match and match.group(1) == match.group(2):
            found[match.group(1), int(match.group(3))] = path
    numbers = sorted({number for _, number in found})
    cases, is_sample = [], False
    for number in numbers:
        given, wanted = found.get(("input", number)), found.get(("output", number))
        if given and wanted:
            cases.append(PackageCase(f"{number:03}", "secret", is_sample, given, wanted))
        elif given:
            faults.error("input_unpaired", given)
        elif wanted:
            faults.error("answer_unpaired", wanted)
    stated = fields.values.get("n_input")
    if isinstance(stated, int) and stated != len(numbers):
        faults.error(
            "test_count_differs",
            fields.file,
            fields.line("n_input"),
            stated=stated,
            found=len(numbers),
        )
    return cases


def _programs(files: PackageFiles, root: str, faults: Faults) -> tuple[PackageProgram, ...]:
    programs = []
    for path in beneath(files, f"{root}sol/"):
        name = path.removeprefix(f"{root}sol/")
        if "/" in name or not _PROGRAM.search(name) or _SPECIAL.match(f"sol/{name}"):
            continue
        accepted = bool(_SOLUTION.match(name))
        verdicts = (Verdict.AC,) if accepted else ()
        program = read_program(files, path, "accepted" if accepted else "other", verdicts, faults)
        programs += [program] if program else []
    return without_doubles(programs, faults)
