"""Titles, tags, slugs and languages of the formats that leave them to be guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

MAX_TITLE_LENGTH: Final = 200

_TAG: Final = re.compile(r"[^\w+#-]+")
_KANA: Final = re.compile("[\N{HIRAGANA LETTER SMALL A}-\N{KATAKANA LETTER SMALL KE}]")
_HANGUL: Final = re.compile("[\N{HANGUL SYLLABLE GA}-\N{HANGUL SYLLABLE HIH}]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


def clean_tags(keywords: Iterable[str]) -> tuple[str, ...]:
    """Return at most twenty tags in the site's spelling, each once."""
    cleaned = (_TAG.sub("-", keyword.strip().lower()).strip("-")[:32] for keyword in keywords)
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:20]


def slug_of(name: str) -> str:
    """Return a name as the key in addresses; empty when nothing of it can be kept."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64].strip("-")


def guess_locale(text: str) -> str:
    """Return the language that the script of a text speaks for."""
    for locale, script in (("ko", _HANGUL), ("ja", _KANA), ("zh", _HAN), ("ru", _CYRILLIC)):
        if script.search(text):
            return locale
    return "en"


class Hints:
    """Gives each problem of one file a name of its own, the same one at the next import."""

    def __init__(self, fallback: str, *, several: bool) -> None:
        self._fallback, self._several = fallback, several
        self._given: set[str] = set()
        self._count = 0

    def give(self, *wishes: str) -> str:
        """Return the first wish that makes a slug and is free, else the fallback's next."""
        self._count += 1
        numbered = f"{self._fallback}-{self._count}" if self._several else self._fallback
        for wish in (*wishes, numbered, f"{self._fallback}-{self._count}-{self._count}"):
            # A title in another script keeps a letter or two at best: no name to know it by.
            whole = wish.isascii() or wish == numbered
            if whole and (slug := slug_of(wish)) and slug not in self._given:
                self._given.add(slug)
                return slug
        return numbered
