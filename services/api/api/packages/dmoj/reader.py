"""DMOJ test data to a package. Nothing in `init.yml` is run; what would have to be is refused."""

from __future__ import annotations

from typing import Any, Final

from api.packages.cases import beneath, check_cases
from api.packages.dmoj.checkers import read_checker
from api.packages.faults import Faults
from api.packages.fields import Fields
from api.packages.files import PackageFiles
from api.packages.made_files import NestedFiles
from api.packages.package import (
    DEFAULT_SECONDS,
    Loaded,
    Package,
    PackageCase,
    PackageLimits,
    PackageStatement,
)
from api.packages.pairing import case_of, pair, tell
from api.packages.texts import read_yaml_file

FILE: Final = "init.yml"
MAX_OUTPUT_BYTES: Final = 256 << 20

_KNOWN: Final = frozenset(
    {
        *("archive", "test_cases", "pretest_test_cases", "checker", "generator", "interactive"),
        *("signature_grader", "custom_judge", "unbuffered", "binary_data", "symlinks", "hints"),
        *("points", "output_limit_length", "output_prefix_length", "grader", "file_io"),
        *("wall_time_factor", "meta", "in", "out"),
    }
)
_REFUSED: Final = (
    *("generator", "interactive", "signature_grader", "custom_judge", "symlinks", "grader"),
    *("file_io", "in", "out"),
)
_CASE_KEYS: Final = frozenset({"in", "out", "points", "binary_data", "output_prefix_length"})


def recognises(files: PackageFiles) -> bool:
    """Tell whether there is an `init.yml`, at the root or in the one folder."""
    return _root(files) is not None


def _root(files: PackageFiles) -> str | None:
    if FILE in files.sizes:
        return ""
    folders = {path.split("/", 1)[0] for path in files.sizes}
    folder = next(iter(folders), "")
    return f"{folder}/" if len(folders) == 1 and f"{folder}/{FILE}" in files.sizes else None


def read_dmoj(files: PackageFiles, faults: Faults) -> list[Loaded]:
    """Read the one problem; it has no statement and no limits, which live in DMOJ's database."""
    root = _root(files)
    document = None if root is None else read_yaml_file(files, f"{root}{FILE}", faults)
    if root is None:
        faults.error("file_missing", FILE)
    if root is None or document is None:
        return []
    fields = Fields(document, f"{root}{FILE}", faults)
    _refuse(fields)
    files, data = _open_archive(files, root, fields, faults)
    cases = _cases(files, data, fields, faults)
    faults.warn("statement_empty", "")
    faults.warn("time_limit_not_inferred", f"{root}{FILE}", default=DEFAULT_SECONDS)
    output = fields.whole("output_limit_length", MAX_OUTPUT_BYTES)
    package = Package(
        name_hint=root.rstrip("/") or files.name_hint,
        statements=(PackageStatement("en", root.rstrip("/")[:200] or files.name_hint, ""),),
        cases=check_cases(cases, f"{root}{FILE}", faults),
        limits=PackageLimits(output_kib=-(-output // 1024) if output else None),
        checker=read_checker(fields, faults),
    )
    return [Loaded(package, files)]


def _refuse(fields: Fields) -> None:
    for key in fields.values:
        if key.endswith("++"):
            # DMOJ would evaluate its value as Python.
            fields.not_supported(key, f"{key} (code)")
    known = _KNOWN | {key for key in fields.values if key.endswith("++")}
    fields.refuse_unknown(known)
    for key in _REFUSED:
        if fields.values.get(key):
            fields.not_supported(key, key)


def _open_archive(
    files: PackageFiles, root: str, fields: Fields, faults: Faults
) -> tuple[PackageFiles, str]:
    archive = fields.text("archive")
    if not archive:
        return files, root
    path = f"{root}{archive}"
    if path in files.sizes:
        return NestedFiles(files, path, faults), f"{path}/"
    fields.warn("archive_missing", "archive", path=path)
    return files, root


def _cases(files: PackageFiles, data: str, fields: Fields, faults: Faults) -> list[PackageCase]:
    listed: list[Any] = []
    for key in ("pretest_test_cases", "test_cases"):
        value = fields.values.get(key)
        if isinstance(value, dict):
            fields.not_supported(key, f"{key} by regular expressions")
        elif value is not None and not isinstance(value, list):
            fields.wrong(key, "a list of mappings")
        else:
            listed += [(key, entry) for entry in value or []]
    if not listed:
        ends = (".in", ".out", ".ans", ".txt")
        pairs = pair((path for path in beneath(files, data) if path.endswith(ends)), data)
        tell(pairs, faults)
        return pairs.cases
    cases = [_case(files, data, fields, key, entry, faults) for key, entry in listed]
    # A pretest may be listed among the tests as well.
    return list({case.name: case for case in cases if case}.values())


def _case(
    files: PackageFiles, data: str, fields: Fields, key: str, entry: object, faults: Faults
) -> PackageCase | None:
    if not isinstance(entry, dict):
        fields.wrong(key, "a list of mappings")
        return None
    special = [str(name) for name in entry if name not in _CASE_KEYS]
    for name in special:
        fields.not_supported(key, f"{key}: {name}")
    if entry.get("points") is not None:
        fields.warn("points_ignored", key)
    names = [entry.get("in"), entry.get("out")]
    if special:
        return None
    if not all(isinstance(name, (str, int, float)) for name in names):
        fields.wrong(key, "a list of mappings with in and out")
        return None
    paths = [f"{data}{name}" for name in names]
    missing = [path for path in paths if path not in files.sizes]
    for path in missing:
        faults.error("listed_file_missing", fields.file, fields.line(key), path=path)
    return None if missing else case_of(paths[0], paths[1], data)
