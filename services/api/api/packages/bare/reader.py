"""Pairs inputs with answers by their names; everything else is for the author to add."""

from __future__ import annotations

import posixpath

from api.packages.cases import check_cases, unused
from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.package import DEFAULT_SECONDS, Loaded, Package, PackageStatement
from api.packages.pairing import pair, tell


def recognises(files: PackageFiles) -> bool:
    """Tell whether there is at least one pair, or something that could be half of one."""
    pairs = pair(files.sizes)
    return bool(pairs.cases or pairs.inputs)


def read_bare(files: PackageFiles, faults: Faults) -> list[Loaded]:
    """Read what pairs there are; a file without its other half is refused by name."""
    pairs = pair(files.sizes, _common_folder(list(files.sizes)))
    tell(pairs, faults)
    unused(pairs.others, faults)
    faults.warn("statement_empty", "")
    faults.warn("time_limit_not_inferred", "", default=DEFAULT_SECONDS)
    title = files.name_hint[:200] or "?"
    package = Package(
        name_hint=files.name_hint,
        statements=(PackageStatement("en", title, ""),),
        cases=check_cases(pairs.cases, "", faults),
    )
    return [Loaded(package, files)]


def _common_folder(paths: list[str]) -> str:
    folder = posixpath.commonpath(paths) if len(paths) > 1 else ""
    return f"{folder}/" if folder else ""
