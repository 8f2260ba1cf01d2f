"""The queries on languages; the grader writes them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import any_, literal, or_, select
from sqlalchemy.orm import Session

from database.models import Language


def every(db: Session) -> Sequence[Language]:
    """Return all languages in their order."""
    return db.scalars(select(Language).order_by(Language.position, Language.id)).all()


def by_id_or_extension(db: Session, language_id: str, extension: str) -> Language | None:
    """Return a language by its id, else the first one for a file extension that can be used."""
    return db.scalars(
        select(Language)
        .where(or_(Language.id == language_id, literal(extension) == any_(Language.extensions)))
        .order_by((Language.id == language_id).desc(), Language.available.desc(), Language.position)
        .limit(1)
    ).first()
