"""The statements of a package as Markdown, whatever they were written in."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.kattis import tex
from api.packages.kattis.metadata import FILE, Flavour, Metadata
from api.packages.package import PackageStatement
from api.packages.texts import read_text

MAX_STATEMENT_BYTES: Final = 512 << 10
MAX_TITLE_LENGTH: Final = 200

_FOLDERS: Final = ("statement", "problem_statement")
_FILE: Final = re.compile(r"^problem(?:\.([a-z]{2,3}(?:-[A-Z]{2})?))?\.(md|tex|pdf)$")
_PREFERENCE: Final = ("md", "tex", "pdf")
_PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*\}\}")
_SAMPLES: Final = ("nextsample", "remainingsamples")
_IMAGE: Final = re.compile(r"!\[[^\]]*\]\(|\\includegraphics|\\illustration")


def read_statements(
    files: PackageFiles, metadata: Metadata, faults: Faults
) -> tuple[PackageStatement, ...]:
    """Return a statement for each language; none at all is a fault."""
    chosen = _choose(files)
    if not chosen:
        faults.error("no_statement", "statement")
    if metadata.flavour is Flavour.CURRENT and chosen:
        _compare_names(set(chosen), metadata, faults)
    statements = []
    for locale, path in sorted(chosen.items()):
        statement = _read(files, locale, path, metadata, faults)
        if statement is not None:
            statements.append(statement)
    return tuple(statements)


def _choose(files: PackageFiles) -> dict[str, str]:
    """Return the best file for each language."""
    chosen: dict[str, str] = {}
    for path in sorted(files.sizes):
        folder, name = posixpath.split(path)
        match = _FILE.match(name)
        if folder not in _FOLDERS or not match:
            continue
        locale, kind = match.group(1) or "en", match.group(2)
        other = chosen.get(locale)
        if other is None or _PREFERENCE.index(kind) < _PREFERENCE.index(other.rsplit(".", 1)[1]):
            chosen[locale] = path
    return chosen


def _compare_names(locales: set[str], metadata: Metadata, faults: Faults) -> None:
    named = set(metadata.names) if "" not in metadata.names else {"en"}
    if metadata.names and named != locales:
        faults.error(
            "names_differ",
            FILE,
            None,
            named=", ".join(sorted(named)),
            written=", ".join(sorted(locales)),
        )


def _read(
    files: PackageFiles, locale: str, path: str, metadata: Metadata, faults: Faults
) -> PackageStatement | None:
    title = metadata.names.get(locale) or metadata.names.get("")
    if path.endswith(".pdf"):
        faults.warn("statement_pdf", path)
        return PackageStatement(locale, _title(title, files), "")
    text = read_text(files, path, faults, MAX_STATEMENT_BYTES)
    if text is None:
        return None
    if _IMAGE.search(text):
        faults.warn("images_ignored", path)
    if path.endswith(".tex"):
        faults.warn("statement_tex", path)
        title = title or tex.problem_name(text)
        text = tex.to_markdown(text)
    return PackageStatement(locale, _title(title, files), fill_in(text, metadata.constants))


def _title(title: str | None, files: PackageFiles) -> str:
    return (title or files.name_hint)[:MAX_TITLE_LENGTH]


def fill_in(text: str, constants: dict[str, str]) -> str:
    """Put in the constants; the marks for samples go, since the page shows samples itself."""

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        return "" if name in _SAMPLES else constants.get(name, match.group(0))

    return _PLACEHOLDER.sub(replace, text)
