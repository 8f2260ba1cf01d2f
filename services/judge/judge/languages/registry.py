"""The languages of this judge: every data file, its programs on this host, its self-test."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from contracts.judging import Language
from judge.errors import BusyError, LanguageUnknownError
from judge.languages.language import (
    LanguageData,
    readable_compile_command,
    readable_run_command,
)

DATA_FOLDER = Path(__file__).parent / "data"
_RETRY_AFTER_S = 2


@dataclass(frozen=True, slots=True)
class Installed:
    """A language whose programs exist on this host.

    Attributes:
        words: what the placeholders of its commands stand for.
        missing: names of its commands that were not found.
        toolchain: the whole answer of the version command; part of the compile cache's key.

    """

    data: LanguageData
    words: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    version: str = ""
    toolchain: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The result of a self-test."""

    language: Installed
    available: bool
    reason: str = ""


def load(folder: Path = DATA_FOLDER) -> list[LanguageData]:
    """All data files in the order of the list of languages."""
    found = [
        msgspec.yaml.decode(path.read_bytes(), type=LanguageData)
        for path in sorted(folder.glob("*.yaml"))
    ]
    return sorted(found, key=lambda data: (data.order, data.id))


def locate(
    data: LanguageData,
    words: Mapping[str, str],
    exists: Callable[[str], bool] = os.path.exists,
) -> Installed:
    """Find a language's programs. Links are followed, since the box has no /etc/alternatives."""
    found = dict(words)
    missing: list[str] = []
    for name, paths in data.commands.items():
        path = next((path for path in paths if exists(path)), None)
        if path is None:
            missing.append(name)
        else:
            found[name] = os.path.realpath(path)
    return Installed(data, found, tuple(missing))


class Registry:
    """What is offered now. Filled by the self-tests while requests already come in."""

    def __init__(self, languages: Iterable[Installed]) -> None:
        self._languages = {language.data.id: language for language in languages}
        self._offers: dict[str, Offer] = {}
        self._lock = threading.Lock()

    @property
    def complete(self) -> bool:
        """Whether every language was tried."""
        return len(self._offers) == len(self._languages)

    def languages(self) -> list[Installed]:
        """All of them, in order."""
        return list(self._languages.values())

    def decide(self, offer: Offer) -> None:
        """Note how a self-test went."""
        with self._lock:
            self._offers[offer.language.data.id] = offer

    def find(self, language_id: str) -> Installed:
        """An offered language, or LanguageUnknownError; BusyError while it is being tried."""
        if language_id not in self._languages:
            raise LanguageUnknownError(f"there is no language {language_id[:50]!r}")
        offer = self._offers.get(language_id)
        if offer is None:
            raise BusyError("the language's self-test is still running", _RETRY_AFTER_S)
        if not offer.available:
            raise LanguageUnknownError(f"{language_id} is not offered here: {offer.reason}")
        return offer.language

    def offered(self) -> list[Installed]:
        """Those that passed their self-test, in order."""
        offers = (self._offers.get(key) for key in self._languages)
        return [offer.language for offer in offers if offer is not None and offer.available]

    def described(self) -> list[Language]:
        """Every language for the list, offered or not."""
        return [_describe(language, self._offers.get(key)) for key, language in
                self._languages.items()]  # fmt: skip


def _describe(language: Installed, offer: Offer | None) -> Language:
    data = language.data
    tried = offer.language if offer else language
    return Language(
        id=data.id,
        name=data.name,
        version=tried.version,
        extensions=data.extensions,
        compile_command=readable_compile_command(data),
        run_command=readable_run_command(data),
        available=offer is not None and offer.available,
        reason=offer.reason if offer else "not tried yet",
    )
