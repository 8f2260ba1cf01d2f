from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from api.clock import FakeClock
from api.testing import Cast, Client
from database.engine import SessionFactory, transaction
from database.models import Announcement

pytestmark = pytest.mark.database

BODY = {"title_ko": "점검 안내", "body_ko": "**오늘** 밤", "is_pinned": False}


def publish(cast: Cast, clock: FakeClock, **changes: object) -> str:
    published_at = (clock.now() - timedelta(minutes=1)).isoformat()
    body = {**BODY, "published_at": published_at, **changes}
    answer = cast.admin.post("/announcements", body)
    assert answer.status_code == 201, answer.text
    assert answer.json is not None
    identity: str = answer.json["id"]
    return identity


def items(client: Client, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/announcements{query}")
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    found: list[dict[str, Any]] = answer.json["items"]
    return found


def test_news_come_in_the_readers_language_and_fall_back_to_the_other(
    cast: Cast, clock: FakeClock, noise: None
) -> None:
    publish(cast, clock, title_en="Maintenance", body_en="*Tonight*")
    publish(cast, clock, title_ko="새 문제")
    english = items(cast.visitor)
    assert [(item["locale"], item["title"]) for item in english] == [
        ("ko", "새 문제"),
        ("en", "Maintenance"),
    ]
    assert english[1]["body_html"].strip() == "<p><em>Tonight</em></p>"
    korean = items(cast.visitor, "?lang=ko")
    assert korean[1]["body_html"].strip() == "<p><strong>오늘</strong> 밤</p>"
    assert korean[0]["texts"] is None


def test_pinned_news_come_first_on_every_page(cast: Cast, clock: FakeClock) -> None:
    pinned = publish(cast, clock, is_pinned=True)
    newest_first = [publish(cast, clock, title_ko=str(number)) for number in range(4)][::-1]
    seen, query = [], "?limit=2"
    while query:
        answer = cast.visitor.get(f"/announcements{query}")
        assert answer.json is not None
        seen += [item["id"] for item in answer.json["items"]]
        cursor = answer.json["next_cursor"]
        query = f"?limit=2&cursor={cursor}" if cursor else ""
    assert seen == [pinned, *newest_first]


def test_what_is_not_out_yet_exists_for_admins_only(cast: Cast, clock: FakeClock) -> None:
    later = (clock.now() + timedelta(hours=1)).isoformat()
    hidden = [publish(cast, clock, published_at=None), publish(cast, clock, published_at=later)]
    assert {item["id"] for item in items(cast.admin)} == set(hidden)
    for client in (cast.ada, cast.jury, cast.visitor):
        assert items(client) == []
        for identity in hidden:
            assert client.get(f"/announcements/{identity}").status_code == 404
    clock.advance(hours=2)
    assert [item["id"] for item in items(cast.visitor)] == [hidden[1]]
    assert cast.visitor.get(f"/announcements/{hidden[1]}").status_code == 200


def test_admins_change_and_delete_news(cast: Cast, clock: FakeClock) -> None:
    identity = publish(cast, clock)
    answer = cast.admin.patch(f"/announcements/{identity}", {"title_en": "Edited"})
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["title"] == "Edited"
    assert answer.json["author"] == "Admin"
    assert answer.json["texts"]["ko"]["title"] == BODY["title_ko"]
    assert cast.admin.delete(f"/announcements/{identity}").status_code == 204
    assert cast.visitor.get(f"/announcements/{identity}").status_code == 404
    assert cast.admin.delete(f"/announcements/{identity}").status_code == 404
    assert cast.admin.patch(f"/announcements/{identity}", {}).status_code == 404


def test_only_admins_write_news(cast: Cast, clock: FakeClock) -> None:
    identity = publish(cast, clock)
    for name, client in cast.everybody.items():
        if name == "admin":
            continue
        expected = 401 if name == "visitor" else 403
        assert client.post("/announcements", BODY).status_code == expected
        path = f"/announcements/{identity}"
        assert client.patch(path, {"title_ko": "x"}).status_code == expected
        assert client.delete(path).status_code == expected


def test_news_without_a_title_are_refused(cast: Cast, clock: FakeClock) -> None:
    answer = cast.admin.post("/announcements", {"body_ko": "x"})
    assert answer.status_code == 422
    identity = publish(cast, clock)
    assert cast.admin.patch(f"/announcements/{identity}", {"title_ko": " "}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value"),
    [("is_pinned", "yes"), ("published_at", "2026-01-01T00:00:00"), ("title_ko", "x" * 201)],
)
def test_bad_fields_are_named(cast: Cast, field: str, value: object) -> None:
    answer = cast.admin.post("/announcements", {**BODY, field: value})
    assert answer.status_code == 422
    assert answer.json is not None
    assert list(answer.json["error"]["fields"]) == [field]


def test_script_in_news_is_removed(cast: Cast, clock: FakeClock) -> None:
    publish(cast, clock, body_ko="<script>alert(1)</script><b onclick=x>hi</b>")
    assert "<script" not in items(cast.visitor)[0]["body_html"]
    assert "onclick" not in items(cast.visitor)[0]["body_html"].replace("&lt;b onclick", "")


def test_news_outlive_their_author(cast: Cast, sessions: SessionFactory, clock: FakeClock) -> None:
    with transaction(sessions) as db:
        db.add(Announcement(title_en="Old", published_at=clock.now() - timedelta(days=1)))
    assert items(cast.visitor)[0]["author"] is None
