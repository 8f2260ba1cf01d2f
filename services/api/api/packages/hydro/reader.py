"""A Hydro zip to packages."""

from __future__ import annotations

import re
from typing import Final

from api.packages.cases import MAX_PROBLEMS, beneath, check_cases, roots_of
from api.packages.faults import Faults
from api.packages.fields import Fields
from api.packages.files import PackageFiles
from api.packages.hydro.config import Config, read_config
from api.packages.package import (
    Loaded,
    Package,
    PackageLimits,
    PackageProgram,
    PackageStatement,
)
from api.packages.pairing import natural, pair, tell
from api.packages.programs import read_program, without_doubles
from api.packages.texts import read_text, read_yaml_file
from api.packages.titles import MAX_TITLE_LENGTH, Hints, clean_tags, guess_locale
from contracts.verdicts import Verdict

FILE: Final = "problem.yaml"
MAX_STATEMENT_BYTES: Final = 512 << 10

DEFAULT_MILLISECONDS: Final = 1000
DEFAULT_KIB: Final = 256 * 1024
"""What Hydro takes where nothing is said."""

_STATEMENT: Final = re.compile(r"^problem(?:_([a-z]{2,3})(?:[-_][A-Za-z]{2,4})?)?\.md$")
_KNOWN: Final = frozenset(
    {
        *("pid", "owner", "title", "tag", "tags", "difficulty", "nSubmit", "nAccept", "source"),
        *("hidden", "html", "docId", "content"),
    }
)
_CONFIGS: Final = ("config.yaml", "config.yml", "Config.yaml", "Config.yml")


def recognises(files: PackageFiles) -> bool:
    """Tell whether a `problem.yaml` has `testdata/` or `problem.md` beside it."""
    return any(_is_hydro(files, root) for root in roots_of(files, FILE))


def _is_hydro(files: PackageFiles, root: str) -> bool:
    names = {path.removeprefix(root).split("/")[0] for path in beneath(files, root)}
    return "testdata" in names or any(_STATEMENT.match(name) for name in names)


def read_hydro(files: PackageFiles, faults: Faults) -> list[Loaded]:
    """Read every problem of the zip."""
    roots = sorted(roots_of(files, FILE), key=natural)
    if not roots:
        faults.error("file_missing", FILE)
    if len(roots) > MAX_PROBLEMS:
        faults.error("too_many_problems", "", limit=MAX_PROBLEMS)
        return []
    hints = Hints(files.name_hint, several=len(roots) > 1)
    return [loaded for root in roots if (loaded := _read(files, root, hints, faults))]


def _read(files: PackageFiles, root: str, hints: Hints, faults: Faults) -> Loaded | None:
    document = read_yaml_file(files, f"{root}{FILE}", faults)
    if document is None:
        return None
    fields = Fields(document, f"{root}{FILE}", faults)
    for key in fields.values:
        if key not in _KNOWN:
            faults.warn("key_ignored", fields.file, fields.line(key), key=key)
    title = fields.text("title") or ""
    if not title:
        fields.missing("title")
    data = f"{root}testdata/"
    names = [name for name in _CONFIGS if f"{data}{name}" in files.sizes]
    config = read_config(files, data, names[0], faults) if names else Config()
    cases = config.cases
    if cases is None:
        pairs = pair((path for path in beneath(files, data) if _is_data(path)), data)
        tell(pairs, faults)
        cases = tuple(pairs.cases)
    if any(path.startswith(f"{root}additional_file/") for path in files.sizes):
        faults.warn("attachments_ignored", f"{root}additional_file/")
    package = Package(
        name_hint=hints.give(fields.text("pid") or "", title),
        statements=_statements(files, root, title[:MAX_TITLE_LENGTH], faults),
        cases=check_cases(cases, data, faults),
        limits=PackageLimits(
            config.limits.cpu_time_ms or DEFAULT_MILLISECONDS,
            config.limits.memory_kib or DEFAULT_KIB,
        ),
        checker=config.checker,
        programs=_programs(files, f"{root}std/", faults),
        languages=config.languages,
        tags=clean_tags([*(fields.texts("tag") or []), *(fields.texts("tags") or [])]),
        source=(fields.text("source") or "")[:500],
    )
    return Loaded(package, files)


def _is_data(path: str) -> bool:
    return not path.endswith((".yaml", ".yml", ".cc", ".cpp", ".c", ".h", ".py", ".md"))


def _statements(
    files: PackageFiles, root: str, title: str, faults: Faults
) -> tuple[PackageStatement, ...]:
    statements: dict[str, PackageStatement] = {}
    for path in beneath(files, root):
        match = _STATEMENT.match(path.removeprefix(root))
        if not match:
            continue
        text = read_text(files, path, faults, MAX_STATEMENT_BYTES)
        if text is None:
            continue
        if "![" in text or "<img" in text:
            faults.warn("images_ignored", path)
        locale = match.group(1) or guess_locale(title + text)
        statements[locale] = PackageStatement(locale, title, text)
    if not statements:
        faults.warn("statement_empty", f"{root}problem.md")
        locale = guess_locale(title)
        statements[locale] = PackageStatement(locale, title, "")
    return tuple(statements.values())


def _programs(files: PackageFiles, folder: str, faults: Faults) -> tuple[PackageProgram, ...]:
    found = [
        read_program(files, path, "accepted", (Verdict.AC,), faults)
        for path in beneath(files, folder)
    ]
    return without_doubles([program for program in found if program], faults)
