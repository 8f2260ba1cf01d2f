"""Polygon's statements: TeX sections by language, or the same in `problem-properties.json`."""

from __future__ import annotations

import re
from typing import Final

from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.json_reader import read_json_file
from api.packages.kattis import tex
from api.packages.package import PackageStatement
from api.packages.sections import compose
from api.packages.texts import read_text
from api.packages.titles import MAX_TITLE_LENGTH
from api.packages.xml_reader import Element

MAX_SECTION_BYTES: Final = 64 << 10

_LOCALES: Final = {
    "english": "en",
    "russian": "ru",
    "korean": "ko",
    "chinese": "zh",
    "japanese": "ja",
    "spanish": "es",
    "french": "fr",
    "german": "de",
    "polish": "pl",
    "ukrainian": "uk",
    "portuguese": "pt",
    "italian": "it",
    "vietnamese": "vi",
    "kazakh": "kk",
    "uzbek": "uz",
    "armenian": "hy",
    "azerbaijani": "az",
    "georgian": "ka",
    "turkish": "tr",
    "arabic": "ar",
    "persian": "fa",
    "hindi": "hi",
    "romanian": "ro",
    "hungarian": "hu",
    "czech": "cs",
}
_SECTIONS: Final = (("legend", ""), ("input", "input"), ("output", "output"), ("notes", "hint"))


def read_statements(
    files: PackageFiles, root: str, problem: Element, faults: Faults
) -> tuple[PackageStatement, ...]:
    """Return a statement for each language that has a name; an empty one where there is no text."""
    file = f"{root}problem.xml"
    names = problem.find("names")
    statements: dict[str, PackageStatement] = {}
    for name in names.all("name") if names else []:
        language = name.attributes.get("language", "")
        locale = _LOCALES.get(language)
        title = name.attributes.get("value", "").strip()[:MAX_TITLE_LENGTH]
        if locale is None or not title:
            faults.warn("language_unknown", file, name.line, language=language)
            continue
        source = _source(files, root, language, locale, faults)
        if not source:
            faults.warn("statement_empty", file, name.line)
        statements[locale] = PackageStatement(locale, title, source)
    if not statements:
        faults.error("element_missing", file, problem.line, element="name")
    written = {locale: one for locale, one in statements.items() if one.source}
    return tuple((written or statements).values())


def _source(files: PackageFiles, root: str, language: str, locale: str, faults: Faults) -> str:
    texts = _from_sections(files, f"{root}statement-sections/{language}/", faults)
    path = f"{root}statements/{language}/problem-properties.json"
    if not texts and path in files.sizes:
        properties = read_json_file(files, path, faults)
        texts = {key: properties.text(key) for key, _ in _SECTIONS} if properties else {}
    if any(re.search(r"\\includegraphics", text) for text in texts.values()):
        faults.warn("images_ignored", f"{root}statements/{language}/")
    parts = ((section, tex.to_markdown(texts.get(key, ""))) for key, section in _SECTIONS)
    return compose(parts, locale)


def _from_sections(files: PackageFiles, folder: str, faults: Faults) -> dict[str, str]:
    texts = {}
    for key, _ in _SECTIONS:
        path = f"{folder}{key}.tex"
        if path in files.sizes:
            texts[key] = read_text(files, path, faults, MAX_SECTION_BYTES) or ""
    return texts
