"""What a reader finds in a package, whatever its format: the importer knows only this."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from api.packages.files import PackageFiles
from contracts.judging import Checker

DEFAULT_SECONDS: Final = 2
"""CPU time where a package states none, until jury programs decide it."""
DEFAULT_MEMORY_KIB: Final = 1024 * 1024
DEFAULT_OUTPUT_KIB: Final = 8 * 1024
DEFAULT_SOURCE_BYTES: Final = 256 * 1024


@dataclass(frozen=True)
class PackageStatement:
    """The text in one language, as Markdown."""

    locale: str
    title: str
    source: str


@dataclass(frozen=True)
class PackageCase:
    """A test case by the paths of its files. The list's order is the order of judging."""

    name: str
    group_name: str
    is_sample: bool
    input_path: str
    answer_path: str


@dataclass(frozen=True)
class PackageProgram:
    """A jury program and the verdicts of which it must get one (none stated: any)."""

    path: str
    language_id: str
    source: bytes
    expected_verdicts: tuple[str, ...]


@dataclass(frozen=True)
class PackageLimits:
    """What the package states; None leaves it to this site."""

    cpu_time_ms: int | None = None
    memory_kib: int | None = None
    output_kib: int | None = None
    source_bytes: int | None = None


@dataclass(frozen=True)
class Package:
    """A problem as a package has it."""

    name_hint: str
    statements: tuple[PackageStatement, ...]
    cases: tuple[PackageCase, ...]
    limits: PackageLimits = field(default_factory=PackageLimits)
    checker: Checker = field(default_factory=Checker)
    programs: tuple[PackageProgram, ...] = ()
    languages: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    source: str = ""
    license: str = ""
    constants: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Loaded:
    """A problem and where the contents of its cases are."""

    package: Package
    files: PackageFiles
