"""Sentences in Korean and English, by code. Each feature brings a catalogue in its messages.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from api.errors import Text

LOCALES: Final = ("ko", "en")
DEFAULT_LOCALE: Final = "ko"

Catalogue = Mapping[str, Mapping[str, str]]
"""`{code: {"ko": "…", "en": "…"}}`; parameters in braces as in `str.format`."""


class Translator:
    """All catalogues together."""

    def __init__(self, catalogues: Iterable[Catalogue]) -> None:
        """Join the catalogues; the same code twice, or a missing language, is refused."""
        self._sentences: dict[str, Mapping[str, str]] = {}
        for catalogue in catalogues:
            for code, sentences in catalogue.items():
                if code in self._sentences:
                    raise ValueError(f"{code} is in two catalogues.")
                if set(sentences) != set(LOCALES):
                    raise ValueError(f"{code} lacks one of {', '.join(LOCALES)}.")
                self._sentences[code] = sentences

    @property
    def codes(self) -> frozenset[str]:
        """Every code there is."""
        return frozenset(self._sentences)

    def say(self, sentence: Text, locale: str) -> str:
        """Return the sentence in `locale`."""
        return self._sentences[sentence.code][locale].format(**sentence.params)


def negotiate(accepted: Iterable[str]) -> str | None:
    """Return the first of the accepted language tags that we speak, or None."""
    for tag in accepted:
        primary = tag.split("-", 1)[0].lower()
        if primary in LOCALES:
            return primary
    return None
