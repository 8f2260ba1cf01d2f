"""What holds for the test cases of every format but Kattis, which has rules of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.package import PackageCase

MAX_CASES: Final = 2_000
MAX_PROBLEMS: Final = 200


def check_cases(
    cases: Sequence[PackageCase], place: str, faults: Faults
) -> tuple[PackageCase, ...]:
    """Return the cases; none, too many and samples alone are said."""
    if not cases:
        faults.error("no_tests_found", place)
    elif all(case.is_sample for case in cases):
        faults.warn("no_secret_cases", place)
    if len(cases) > MAX_CASES:
        faults.error("too_many_cases", place, limit=MAX_CASES)
        return ()
    for name, count in Counter(case.name for case in cases).items():
        if count > 1:
            faults.error("case_twice", place, name=name)
    return tuple(cases)


def roots_of(files: PackageFiles, marker: str, most_folders: int = 3) -> list[str]:
    """Return the folders in which a file of this name stands, each with its slash, or empty."""
    ends = (path for path in sorted(files.sizes) if f"/{path}".endswith(f"/{marker}"))
    return [end.removesuffix(marker) for end in ends if end.count("/") <= most_folders]


def beneath(files: PackageFiles, root: str) -> list[str]:
    """Return the paths of a folder."""
    return sorted(path for path in files.sizes if path.startswith(root))


def unused(paths: Iterable[str], faults: Faults) -> None:
    """Name the files that nothing was done with."""
    for path in paths:
        faults.warn("file_unused", path)
