from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from itsdangerous import URLSafeTimedSerializer

from notifier.kinds import PASSWORD_RESET, VERIFICATION, Kind
from notifier.rendering import LOCALES, Person, Renderer

KINDS = [VERIFICATION, PASSWORD_RESET]
both = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
each_locale = pytest.mark.parametrize("locale", LOCALES)


@both
@each_locale
def test_every_kind_has_words_in_every_language(
    renderer: Renderer, ada: Person, kind: Kind, locale: str
) -> None:
    cause = uuid4()
    words = renderer.render(kind, cause, replace(ada, locale=locale))
    assert words.locale == locale
    assert "CodePlace" in words.subject
    assert "\n" not in words.subject
    for part in (words.text, words.html):
        assert "https://codeplace.example/" in part
        assert "Ada L." in part
        assert "{{" not in part
    assert f'<html lang="{locale}">' in words.html


@both
def test_korean_and_english_differ(renderer: Renderer, ada: Person, kind: Kind) -> None:
    korean = renderer.render(kind, uuid4(), replace(ada, locale="ko"))
    english = renderer.render(kind, uuid4(), ada)
    assert korean.subject != english.subject


def test_an_unknown_language_falls_back_to_english(renderer: Renderer, ada: Person) -> None:
    words = renderer.render(VERIFICATION, uuid4(), replace(ada, locale="fr"))
    assert words.locale == "en"


def test_the_link_is_signed_for_its_purpose_only(renderer: Renderer) -> None:
    cause = uuid4()
    link = urlsplit(renderer.link(VERIFICATION, cause))
    assert link.path == "/verify-email"
    (token,) = parse_qs(link.query)["token"]
    assert URLSafeTimedSerializer("k" * 32, salt="verify-email").loads(token) == str(cause)
    ok, _ = URLSafeTimedSerializer("k" * 32, salt="reset-password").loads_unsafe(token)
    assert not ok


def test_a_name_cannot_break_out_of_the_page_or_the_subject(
    renderer: Renderer, ada: Person
) -> None:
    nasty = replace(ada, display_name="<script>\r\nBcc: all@example.org")
    words = renderer.render(VERIFICATION, uuid4(), nasty)
    assert "<script>" not in words.html
    assert "&lt;script&gt;" in words.html
    assert "\r" not in words.subject
