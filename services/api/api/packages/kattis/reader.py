"""A Kattis package to a `Package`, collecting every fault on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from api.packages.faults import Faults, PackageInvalidError
from api.packages.files import PackageFiles
from api.packages.kattis.metadata import FILE, Flavour, Metadata, read_metadata
from api.packages.kattis.programs import read_programs
from api.packages.kattis.statements import read_statements
from api.packages.kattis.testdata import TestData, read_test_data
from api.packages.package import DEFAULT_SECONDS, Package, PackageLimits
from api.packages.texts import read_text, read_yaml_file
from contracts.judging import Checker

_INI: Final = "domjudge-problem.ini"
_INI_TIME_LIMIT: Final = re.compile(
    r"^\s*timelimit\s*=\s*['\"]?(\d+(?:\.\d+)?)['\"]?\s*$", re.MULTILINE
)
_SECONDS: Final = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*$")

_VALIDATORS: Final = {
    Flavour.LEGACY: "output_validators/",
    Flavour.DRAFT: "output_validator/",
    Flavour.CURRENT: "output_validator/",
}
_INPUT_VALIDATORS: Final = ("input_validators/", "input_format_validators/")


def recognises(files: PackageFiles) -> bool:
    """Tell whether this can be a Kattis package at all."""
    return FILE in files.sizes


def read_kattis(files: PackageFiles, faults: Faults) -> Package:
    """Read a package whose listing is done.

    Raises:
        PackageInvalidError: something is wrong; all of what was found is told at once.

    """
    if FILE not in files.sizes:
        faults.error("file_missing", FILE)
        raise PackageInvalidError(faults)
    document = read_yaml_file(files, FILE, faults)
    metadata = read_metadata(document, faults) if document else Metadata()
    _look_at_folders(files, metadata, faults)
    data = read_test_data(files, metadata.flavour, faults)
    package = Package(
        name_hint=files.name_hint,
        statements=read_statements(files, metadata, faults),
        cases=data.cases,
        limits=_with_time_limit(files, metadata.limits, faults),
        checker=_checker(metadata, data, faults),
        programs=read_programs(files, metadata, faults),
        languages=metadata.languages,
        tags=metadata.tags,
        source=metadata.source,
        license=metadata.license,
        constants=metadata.constants,
    )
    if faults.errors:
        raise PackageInvalidError(faults)
    return package


def _look_at_folders(files: PackageFiles, metadata: Metadata, faults: Faults) -> None:
    folders = {f"{path.split('/', 1)[0]}/" for path in files.sizes if "/" in path}
    validators = _VALIDATORS[metadata.flavour]
    if validators in folders and not metadata.custom_validation:
        if metadata.flavour is Flavour.LEGACY:
            faults.warn("validators_unused", validators)
        else:
            faults.error("not_supported", validators, feature="output_validator/")
    for folder in ("include/", "static_validator/"):
        if folder in folders:
            faults.error("not_supported", folder, feature=folder)
    for folder in _INPUT_VALIDATORS:
        if folder in folders:
            faults.warn("input_validators_not_run", folder)


def _checker(metadata: Metadata, data: TestData, faults: Faults) -> Checker:
    if data.checker is None:
        return metadata.checker
    if metadata.checker not in (Checker(), data.checker):
        faults.error("flags_conflict", FILE)
    return data.checker


def _with_time_limit(files: PackageFiles, limits: PackageLimits, faults: Faults) -> PackageLimits:
    if limits.cpu_time_ms is not None:
        return limits
    for path, pattern in ((_INI, _INI_TIME_LIMIT), (".timelimit", _SECONDS)):
        if path not in files.sizes:
            continue
        match = pattern.search(read_text(files, path, faults) or "")
        if match and 0 < float(match.group(1)) <= 300:  # noqa: PLR2004 - as in problem.yaml
            return replace(limits, cpu_time_ms=round(float(match.group(1)) * 1000))
    # Its inference needs jury programs to be judged first.
    faults.warn("time_limit_not_inferred", FILE, default=DEFAULT_SECONDS)
    return limits
