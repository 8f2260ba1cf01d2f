"""Merges what all judges offer into the one list that the site shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contracts.judging import Language
from grader.judges import JudgeDirectory
from grader.logs import logger
from grader.ports import LanguageStore


def merge(offers: Iterable[Sequence[Language]]) -> list[Language]:
    """Return each language once, in the order of the first judge that names it.

    A language is available when some judge passed its self-test; that judge's words are shown.
    """
    merged: dict[str, Language] = {}
    for offer in offers:
        for language in offer:
            known = merged.get(language.id)
            if known is None or (language.available and not known.available):
                merged[language.id] = language
    return list(merged.values())


class RefreshLanguages:
    """Writes down what is offered now."""

    def __init__(self, directory: JudgeDirectory, store: LanguageStore) -> None:
        self._directory = directory
        self._store = store

    def __call__(self) -> None:
        """Refresh; with no judge answering, what was known stays: submissions wait for one."""
        judges = sorted(self._directory.ready(), key=lambda judge: judge.url)
        if not judges:
            logger().warning("no_judge_answers")
            return
        languages = merge(list(judge.languages.values()) for judge in judges)
        self._store.write(languages)
        available = [language.id for language in languages if language.available]
        logger().info("languages_refreshed", judges=len(judges), available=available)
