"""`testdata/config.yaml`: limits, checker and cases; what is not pass or fail is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from api.packages.faults import Faults
from api.packages.fields import Fields
from api.packages.files import PackageFiles
from api.packages.package import PackageCase, PackageLimits
from api.packages.pairing import case_of
from api.packages.programs import LANGUAGES
from api.packages.testlib import standard_checker
from api.packages.texts import read_yaml_file
from contracts.judging import Checker, CheckerKind

MAX_MILLISECONDS: Final = 300_000
MAX_MEMORY_KIB: Final = 4096 * 1024

LENIENT: Final = Checker(kind=CheckerKind.LINES, case_sensitive=True)
"""Hydro's own: white space at the ends of lines and empty lines at the end do not count."""

_KNOWN: Final = frozenset(
    {
        *("type", "time", "memory", "subtasks", "cases", "checker", "checker_type", "interactor"),
        *("manager", "validator", "user_extra_files", "judge_extra_files", "langs", "score"),
        *("time_limit_rate", "memory_limit_rate", "num_processes", "multi_pass", "filename"),
        *("detail", "key", "template", "subType", "target", "count", "redirect"),
    }
)
_REFUSED: Final = (
    *("interactor", "manager", "user_extra_files", "time_limit_rate", "memory_limit_rate"),
    *("multi_pass", "filename", "template", "subType", "target", "redirect"),
)
_AMOUNT: Final = re.compile(r"^(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]*)$")
_MILLISECONDS: Final = {"": 1.0, "ms": 1.0, "s": 1000.0, "us": 0.001}
_KIB: Final = {"": 1024.0, "m": 1024.0, "mb": 1024.0, "k": 1.0, "kb": 1.0, "g": 1 << 20}
_KIB["gb"] = 1 << 20


@dataclass(frozen=True)
class Config:
    """What the file says, as far as the site uses it."""

    limits: PackageLimits = field(default_factory=PackageLimits)
    checker: Checker = LENIENT
    cases: tuple[PackageCase, ...] | None = None
    """None: not listed, so the files' names tell."""
    languages: tuple[str, ...] | None = None


def read_config(files: PackageFiles, folder: str, name: str, faults: Faults) -> Config:
    """Read it, noting each fault; what is wrong counts as not said."""
    document = read_yaml_file(files, f"{folder}{name}", faults)
    if document is None:
        return Config()
    fields = Fields(document, f"{folder}{name}", faults)
    fields.refuse_unknown(_KNOWN)
    kind = fields.text("type") or "default"
    if kind != "default":
        fields.not_supported("type", f"type: {kind}")
    for key in _REFUSED:
        if fields.values.get(key):
            fields.not_supported(key, key)
    if fields.values.get("validator"):
        fields.warn("input_validators_not_run", "validator")
    if fields.values.get("score") is not None:
        fields.warn("points_ignored", "score")
    return Config(
        limits=PackageLimits(
            _amount(fields, "time", _MILLISECONDS, MAX_MILLISECONDS),
            _amount(fields, "memory", _KIB, MAX_MEMORY_KIB),
        ),
        checker=_checker(fields),
        cases=_cases(files, folder, fields, faults),
        languages=_languages(fields),
    )


def _amount(fields: Fields, key: str, units: dict[str, float], most: int) -> int | None:
    text = fields.text(key)
    if text is None:
        return None
    match = _AMOUNT.match(text.lower())
    value = float(match.group(1)) * units.get(match.group(2), 0) if match else 0
    if not 1 <= value <= most:
        fields.wrong(key, "such as 1s, 500ms, 256m")
        return None
    return round(value)


def _checker(fields: Fields) -> Checker:
    kind, name = fields.text("checker_type") or "default", fields.text("checker") or ""
    if kind == "strict":
        return Checker(kind=CheckerKind.EXACT)
    if kind == "default" and (not name or name == "default"):
        return LENIENT
    standard = standard_checker(name) if kind == "testlib" and "." not in name else None
    if standard is None:
        fields.not_supported("checker" if name else "checker_type", f"checker: {kind} {name}")
        return LENIENT
    return standard


def _languages(fields: Fields) -> tuple[str, ...] | None:
    named = fields.texts("langs")
    if not named:
        return None
    known = [LANGUAGES.get(name.partition(".")[0]) for name in named]
    if not any(known):
        fields.not_supported("langs", f"langs: {', '.join(named)}")
    return tuple(dict.fromkeys(language for language in known if language)) or None


def _cases(
    files: PackageFiles, folder: str, fields: Fields, faults: Faults
) -> tuple[PackageCase, ...] | None:
    subtasks: Any = fields.values.get("subtasks")
    listed: Any = fields.values.get("cases")
    key = "cases"
    if subtasks:
        key = "subtasks"
        if not isinstance(subtasks, list) or not all(isinstance(one, dict) for one in subtasks):
            fields.wrong("subtasks", "a list of mappings")
            return None
        if len(subtasks) > 1:
            fields.not_supported("subtasks", "subtasks (points for groups)")
            return ()
        _refuse_special(fields, "subtasks", subtasks[0])
        listed = subtasks[0].get("cases")
    if not listed:
        return None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        fields.wrong(key, "a list of mappings with input and output")
        return None
    cases = [_case(files, folder, fields, key, entry, faults) for entry in listed]
    return tuple(case for case in cases if case)


def _refuse_special(fields: Fields, key: str, entry: dict[Any, Any]) -> None:
    for name in ("if", "time", "memory", "checker", "checker_type"):
        if entry.get(name):
            fields.not_supported(key, f"{key}: {name}")
    if entry.get("type") == "max":
        fields.not_supported(key, f"{key}: type: max")
    if entry.get("score") is not None:
        fields.warn("points_ignored", key)


def _case(
    files: PackageFiles,
    folder: str,
    fields: Fields,
    key: str,
    entry: dict[Any, Any],
    faults: Faults,
) -> PackageCase | None:
    _refuse_special(fields, key, entry)
    names = [entry.get("input"), entry.get("output")]
    if not all(isinstance(name, str) for name in names):
        fields.wrong(key, "a list of mappings with input and output")
        return None
    paths = [f"{folder}{name}" for name in names]
    missing = [path for path in paths if path not in files.sizes]
    for path in missing:
        faults.error("listed_file_missing", fields.file, fields.line(key), path=path)
    return None if missing else case_of(paths[0], paths[1], folder)
