"""Which languages there are, and which one a program is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.errors import Faults
from api.languages import store
from api.languages.extensions import BY_EXTENSION
from api.languages.store import LanguageChoice
from api.resources import Resources
from database.engine import transaction
from database.models import Language

KNOWN = frozenset(BY_EXTENSION.values()) | {"pypy3", "pypy2", "objectivec", "fortran"}
"""Languages that exist, installed here or not: for a kinder error than “unknown”."""


def list_languages(resources: Resources) -> Sequence[Language]:
    """Return every language that a judge has ever offered; none before the first answer."""
    with transaction(resources.sessions) as db:
        return store.every(db)


@dataclass(frozen=True)
class Wanted:
    """What was said about the language of a program."""

    language_id: str | None
    filename: str | None


def choose(
    db: Session, wanted: Wanted, allowed: Sequence[str] | None, faults: Faults
) -> LanguageChoice | None:
    """Return the language to use; what is wrong with it goes to `faults`."""
    # NUL: the name is refused elsewhere, but PostgreSQL would not even look for it.
    extension = (wanted.filename or "").rpartition(".")[2].replace("\0", "")
    if wanted.language_id is None and not extension:
        faults.add("language", "language_missing")
        return None
    # With an id given, the extension must not choose.
    extension = "" if wanted.language_id is not None else extension
    language = store.by_id_or_extension(db, wanted.language_id or "", extension)
    name = wanted.language_id or BY_EXTENSION.get(extension, extension)
    if language is None:
        code = "language_unavailable" if name in KNOWN else "language_unknown"
        faults.add("language", code, language=name)
    elif allowed is not None and language.id not in allowed:
        faults.add("language", "language_not_allowed", language=language.name)
    elif not language.available:
        faults.add("language", "language_unavailable", language=language.name)
    else:
        return language
    return None
