"""A real browser in front of the running stack; it complains of what a reader would not see."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from scripts.test.running_stack import RunningStack
from tests.e2e.reader import Reader

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("No Chromium: apt-get install chromium")
    running = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
    yield running
    running.close()


def _context(browser: Browser, stack: RunningStack, locale: str) -> BrowserContext:
    return browser.new_context(
        base_url=stack.base_url,
        # The authority of the local run is in no browser's store; test_the_way_in checks it.
        ignore_https_errors=True,
        locale=locale,
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
        viewport={"width": 1360, "height": 860},
    )


@pytest.fixture
def reader(browser: Browser, stack: RunningStack, tmp_path: Path) -> Iterator[Reader]:
    """A Korean reader with an empty browser. Their console must be clean in the end."""
    context = _context(browser, stack, "ko-KR")
    somebody = Reader(context.new_page(), tmp_path)
    yield somebody
    context.close()
    assert somebody.complaints == []


@pytest.fixture
def english_reader(browser: Browser, stack: RunningStack, tmp_path: Path) -> Iterator[Reader]:
    context = _context(browser, stack, "en-US")
    somebody = Reader(context.new_page(), tmp_path)
    yield somebody
    context.close()
    assert somebody.complaints == []
