"""Each page as each kind of reader meets it: nothing blocked by policy, nothing inaccessible."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scripts.test.running_stack import RunningStack
from tests.e2e.reader import Reader

pytestmark = pytest.mark.e2e

PUBLIC = (
    *("/", "/problems", "/problems/a-plus-b", "/submissions", "/ranking", "/help"),
    *("/announcements", "/login", "/register", "/forgot-password", "/nowhere"),
)
PHONE = {"width": 390, "height": 844}


def settle(reader: Reader, path: str) -> None:
    reader.open(path)
    expect(reader.page.locator("h1").first).to_be_attached()
    reader.page.wait_for_load_state("networkidle")
    expect(reader.page.locator(".skeleton")).to_have_count(0)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_visitor_can_use_it(reader: Reader, path: str) -> None:
    settle(reader, path)
    assert reader.faults_of_access() == []


@pytest.mark.parametrize("path", ["/", "/problems", "/problems/a-plus-b", "/help", "/login"])
def test_it_can_be_used_in_the_dark_and_on_a_phone(reader: Reader, path: str) -> None:
    reader.page.emulate_media(color_scheme="dark")
    reader.page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict of the same keys
    settle(reader, path)
    assert reader.faults_of_access() == []
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert reader.page.evaluate(wider) == 0


@pytest.mark.parametrize("path", ["/settings", "/problems/import", "/submissions"])
def test_a_setter_can_use_it(stack: RunningStack, reader: Reader, path: str) -> None:
    account = stack.account("setter")
    reader.log_in(account["login"], account["password"])
    settle(reader, path)
    assert reader.faults_of_access() == []


def test_the_road_can_be_walked_by_keyboard_alone(stack: RunningStack, reader: Reader) -> None:
    settle(reader, "/")
    reader.page.keyboard.press("Tab")
    expect(reader.page.get_by_text("본문으로 건너뛰기")).to_be_focused()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("main")).to_be_focused()
