"""Statements that come in sections, put together as one Markdown text. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.packages import html
from api.packages.faults import Faults
from api.packages.package import PackageStatement
from api.packages.titles import MAX_TITLE_LENGTH, guess_locale

MAX_STATEMENT_LENGTH: Final = 512 << 10
MAX_HTML_LENGTH: Final = 128 << 10

_HEADINGS: Final = {
    "input": {"ko": "입력", "en": "Input", "zh": "输入", "ja": "入力", "ru": "Входные данные"},
    "output": {"ko": "출력", "en": "Output", "zh": "输出", "ja": "出力", "ru": "Выходные данные"},
    "hint": {"ko": "노트", "en": "Note", "zh": "提示", "ja": "ノート", "ru": "Примечание"},
}


def compose(parts: Iterable[tuple[str, str]], locale: str) -> str:
    """Return (section, text) pairs under headings in this language; empty ones are left out."""
    texts = []
    for section, text in parts:
        heading = _HEADINGS.get(section, {})
        title = heading.get(locale) or heading.get("en")
        if text.strip():
            texts.append(f"## {title}\n\n{text.strip()}" if title else text.strip())
    return "\n\n".join(texts) + "\n" if texts else ""


def from_html(
    title: str, parts: Iterable[tuple[str, str]], file: str, line: int | None, faults: Faults
) -> PackageStatement:
    """Return the statement whose sections are HTML; what it loses is warned of."""
    converted = []
    for section, text in parts:
        if len(text) > MAX_HTML_LENGTH:
            faults.error("text_too_large", file, line, limit=MAX_HTML_LENGTH >> 10)
        else:
            converted.append((section, html.to_markdown(text)))
    if any(part.images for _, part in converted):
        faults.warn("images_ignored", file, line)
    locale = guess_locale(title + "".join(part.source for _, part in converted))
    source = compose(((section, part.source) for section, part in converted), locale)
    if not source:
        faults.warn("statement_empty", file, line)
    if len(source) > MAX_STATEMENT_LENGTH:
        faults.error("text_too_large", file, line, limit=MAX_STATEMENT_LENGTH >> 10)
        source = ""
    return PackageStatement(locale, title[:MAX_TITLE_LENGTH], source)
