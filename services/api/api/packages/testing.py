"""Packages for tests: a valid and boring one, changed by the test that cares."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from api.packages.faults import Faults, PackageInvalidError
from api.packages.files import Bounds, ZipFiles
from api.packages.formats import FORMATS, open_upload, recognise
from api.packages.kattis.reader import read_kattis
from api.packages.package import Loaded, Package

Content = str | bytes

PROBLEM_YAML = """\
problem_format_version: 2025-09
name:
  en: Sums
  ko: 합
uuid: 3f1c1f2e-8a6e-4f0e-9f0b-2f5f1a8c7d11
limits:
  time_limit: 1.5
  memory: 256
"""

VALID: Mapping[str, Content] = {
    "problem.yaml": PROBLEM_YAML,
    "statement/problem.en.md": "Add $a$ and $b$.\n",
    "statement/problem.ko.md": "$a$와 $b$를 더하세요.\n",
    "data/sample/1.in": "1 2\n",
    "data/sample/1.ans": "3\n",
    "data/secret/01.in": "5 6\n",
    "data/secret/01.ans": "11\n",
    "submissions/accepted/sums.py": "print(sum(map(int, input().split())))\n",
}


def package(changes: Mapping[str, Content | None] | None = None) -> dict[str, Content]:
    """Return the valid package with files changed, added, or taken out by None."""
    files: dict[str, Content | None] = {**VALID, **(changes or {})}
    return {path: content for path, content in files.items() if content is not None}


def zipped(files: Mapping[str, Content]) -> io.BytesIO:
    """Pack files into a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    packed.seek(0)
    return packed


def read(
    changes: Mapping[str, Content | None] | None = None, bounds: Bounds | None = None
) -> tuple[Package, Faults]:
    """Read the valid package with changes."""
    return read_zip(zipped(package(changes)), bounds)


def read_zip(packed: io.BytesIO, bounds: Bounds | None = None) -> tuple[Package, Faults]:
    """Read a zip as the importer does."""
    faults = Faults()
    files = ZipFiles(packed, "sums.zip", faults, bounds or Bounds())
    if faults.errors:
        raise PackageInvalidError(faults)
    return read_kattis(files, faults), faults


def codes(
    changes: Mapping[str, Content | None] | None = None, bounds: Bounds | None = None
) -> list[tuple[str, str, int | None]]:
    """Return why the changed package is refused: (code, file, line) of every fault."""
    try:
        read(changes, bounds)
    except PackageInvalidError as error:
        return [(fault.code, fault.file, fault.line) for fault in error.faults.errors]
    return []


def warnings(changes: Mapping[str, Content | None] | None = None) -> list[tuple[str, str]]:
    """Return what the author of the changed package is told."""
    _, faults = read(changes)
    return [(fault.code, fault.file) for fault in faults.warnings]


def load(
    files: Mapping[str, Content] | bytes, name: str | None = None
) -> tuple[str | None, list[Loaded], Faults]:
    """Read a zip of these files, or a document, in the format that it is recognised as."""
    packed = io.BytesIO(files) if isinstance(files, bytes) else zipped(files)
    faults = Faults()
    opened = open_upload(packed, "upload.zip", faults)
    found: list[Loaded] = []
    kind = name or recognise(opened)
    if kind is not None and not faults.errors:
        try:
            found = FORMATS[kind].read(opened, faults)
        except PackageInvalidError:
            found = []
    return kind, found, faults


def refusals(
    files: Mapping[str, Content] | bytes, name: str | None = None
) -> list[tuple[str, str, int | None]]:
    """Return why a package is refused: (code, file, line) of every fault."""
    _, _, faults = load(files, name)
    return [(fault.code, fault.file, fault.line) for fault in faults.errors]


def contents(found: Loaded) -> list[tuple[str, bool, bytes, bytes]]:
    """Return the cases with what is in their files."""
    return [
        (
            case.name,
            case.is_sample,
            b"".join(found.files.open(case.input_path)),
            b"".join(found.files.open(case.answer_path)),
        )
        for case in found.package.cases
    ]


def changed(
    files: Mapping[str, Content], changes: Mapping[str, Content | None]
) -> dict[str, Content]:
    """Return files changed, added, or taken out by None."""
    both: dict[str, Content | None] = {**files, **changes}
    return {path: content for path, content in both.items() if content is not None}
