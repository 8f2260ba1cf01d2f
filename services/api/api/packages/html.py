"""HTML statements to Markdown: what is common is translated, images are counted. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|b|i|u|em|strong|pre|code|ul|ol|li|img|table|tr|td|th|h[1-6]|sub|sup|font"
    r"|a|center|blockquote)\b[^<>]*>",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"<!--[^<>]*-->")
_LOOSE: Final = re.compile(r"<(?!/?[A-Za-z][^<>]*>)")
_FORMULA: Final = re.compile(r"(\$[^$\n]+\$)")
_SPECIAL: Final = re.compile(r"[\\*_`<\[\]]")
_AROUND: Final = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_BLOCKS: Final = frozenset({"p", "div", "ul", "ol", "table", "blockquote", "center", "section"})
_SILENT: Final = frozenset({"script", "style"})


@dataclass(frozen=True)
class Converted:
    """The Markdown, and how many images it lost."""

    source: str
    images: int


def to_markdown(text: str) -> Converted:
    """Translate HTML; a text without tags is Markdown already."""
    # HUSTOJ marks a text in Markdown by [md] … [/md].
    text = re.sub(r"\[/?md\]", "", text).replace("\r\n", "\n").replace("\r", "\n")
    if not _TAG.search(text) and "&" not in text:
        return Converted(text.strip(), 0)
    writer = _Writer()
    # The parser takes quadratic time over what never closes; only whole tags are left to it.
    writer.feed(_LOOSE.sub("&lt;", _COMMENT.sub("", text)))
    writer.close()
    return Converted(re.sub(r"\n{3,}", "\n\n", "".join(writer.out)).strip(), writer.images)


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.images = 0
        self._silent = self._pre = self._cells = self._rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        if tag in _SILENT:
            self._silent += 1
        elif tag == "img":
            self.images += 1
        elif tag == "pre":
            self._pre += 1
            self.out.append("\n\n```\n")
        elif tag == "br":
            self.out.append("\n" if self._pre else "  \n")
        elif tag == "li":
            self.out.append("\n- ")
        elif re.fullmatch("h[1-6]", tag):
            self.out.append(f"\n\n{'#' * max(2, int(tag[1]))} ")
        elif tag == "tr":
            self._cells = 0
            self.out.append("\n| ")
        elif not self._pre:
            self._start_other(tag)

    def _start_other(self, tag: str) -> None:
        if tag in _AROUND:
            self.out.append(_AROUND[tag])
        elif tag in _BLOCKS:
            self._rows = 0
            self.out.append("\n\n")
        elif tag in ("sup", "sub"):
            self.out.append("^" if tag == "sup" else "_")
        elif tag == "code":
            self.out.append("`")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)
            self.out.append("\n```\n\n")
        elif tag in ("td", "th"):
            self._cells += 1
            self.out.append(" | ")
        elif tag == "tr":
            self._end_row()
        elif re.fullmatch("h[1-6]", tag):
            self.out.append("\n\n")
        elif not self._pre:
            self._end_other(tag)

    def _end_row(self) -> None:
        self._rows += 1
        if self._rows == 1:
            self.out.append("\n|" + " --- |" * self._cells)

    def _end_other(self, tag: str) -> None:
        if tag in _AROUND:
            self.out.append(_AROUND[tag])
        elif tag in _BLOCKS:
            self.out.append("\n\n")
        elif tag == "code":
            self.out.append("`")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.out.append(data if self._pre else _prose(data))


def _prose(data: str) -> str:
    """Return running text as HTML shows it, with what Markdown would take for its own escaped."""
    pieces = _FORMULA.split(re.sub(r"[ \t]+", " ", data).replace(" \n", "\n").replace("\n ", "\n"))
    # Odd pieces are formulas.
    return "".join(
        piece if index % 2 else _SPECIAL.sub(r"\\\g<0>", piece)
        for index, piece in enumerate(pieces)
    )
