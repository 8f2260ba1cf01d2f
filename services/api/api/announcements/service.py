"""Reading and writing news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from api.actor import Actor
from api.announcements import policy, store
from api.errors import NotFound, Unprocessable
from api.i18n import LOCALES
from api.pagination import Page, PageRequest, cut
from api.problems import markdown
from api.resources import Resources
from database.engine import transaction
from database.models import Announcement

TITLES: Final = ("title_ko", "title_en")


@dataclass(frozen=True)
class Shown:
    """An announcement in one language; `texts` holds both, for those who may edit."""

    id: UUID
    locale: str
    title: str
    body: str
    body_html: str
    is_pinned: bool
    is_published: bool
    published_at: datetime | None
    author: str | None
    texts: dict[str, dict[str, str]] | None


def list_page(resources: Resources, actor: Actor, page: PageRequest, locale: str) -> Page[Shown]:
    """Return news in the reader's language."""
    now = resources.clock.now()
    published_by = None if policy.may_read_drafts(actor) else now
    key = page.after(bool, str, str)
    with resources.sessions() as db:
        rows = store.page(db, published_by, key and _position(key), page.limit)
    kept = cut(rows, page.limit, _key)
    shown = [_shown(row, actor, locale, now) for row in kept.items]
    return Page(shown, kept.next_cursor, None)


def read(resources: Resources, actor: Actor, announcement_id: UUID, locale: str) -> Shown:
    """Return one announcement; one that is not out yet exists for admins only."""
    now = resources.clock.now()
    with resources.sessions() as db:
        row = store.find(db, announcement_id)
    if row is None:
        raise NotFound
    shown = _shown(row, actor, locale, now)
    if not (shown.is_published or policy.may_read_drafts(actor)):
        raise NotFound
    return shown


def write(resources: Resources, actor: Actor, fields: Mapping[str, Any], locale: str) -> Shown:
    """Add an announcement."""
    announcement = Announcement(author_id=actor.signed_in().id, **fields)
    _check_titles({name: fields.get(name, "") for name in TITLES})
    with transaction(resources.sessions) as db:
        store.add(db, announcement)
    return read(resources, actor, announcement.id, locale)


def change(
    resources: Resources,
    actor: Actor,
    announcement_id: UUID,
    changes: Mapping[str, Any],
    locale: str,
) -> Shown:
    """Change an announcement."""
    with transaction(resources.sessions) as db:
        row = store.find(db, announcement_id)
        if row is None:
            raise NotFound
        _check_titles({name: changes.get(name, getattr(row[0], name)) for name in TITLES})
        store.change(db, announcement_id, changes)
    return read(resources, actor, announcement_id, locale)


def remove(resources: Resources, announcement_id: UUID) -> None:
    """Delete an announcement."""
    with transaction(resources.sessions) as db:
        if not store.remove(db, announcement_id):
            raise NotFound


def _check_titles(titles: Mapping[str, str]) -> None:
    if not any(title.strip() for title in titles.values()):
        raise Unprocessable.field("title_ko", "announcement_untitled")


def _shown(row: store.Found, actor: Actor, locale: str, now: datetime) -> Shown:
    news, author = row
    texts = {
        each: {"title": getattr(news, f"title_{each}"), "body": getattr(news, f"body_{each}")}
        for each in LOCALES
    }
    # The reader's language if it was written in it, else the other one.
    given = locale if texts[locale]["title"].strip() else _other(locale)
    return Shown(
        id=news.id,
        locale=given,
        title=texts[given]["title"],
        body=texts[given]["body"],
        body_html=markdown.render(texts[given]["body"]),
        is_pinned=news.is_pinned,
        is_published=policy.is_published(news.published_at, now),
        published_at=news.published_at,
        author=author,
        texts=texts if policy.may_read_drafts(actor) else None,
    )


def _other(locale: str) -> str:
    return next(each for each in LOCALES if each != locale)


def _key(row: store.Found) -> tuple[bool, str, str]:
    news = row[0]
    out_at = news.published_at or news.created_at
    return (news.is_pinned, out_at.isoformat(), str(news.id))


def _position(key: list[Any]) -> tuple[bool, datetime, UUID]:
    try:
        return key[0], datetime.fromisoformat(key[1]), UUID(key[2])
    except ValueError as error:
        raise Unprocessable.field("cursor", "cursor_invalid") from error
