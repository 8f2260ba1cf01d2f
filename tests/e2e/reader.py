"""What a person does on the page, in their words; knows addresses and labels, no internals."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

AXE = Path(__file__).parents[2] / "services/frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
VERDICT_PATIENCE_MS = 90_000

# Chromium itself notes each answer from 400 on, which the tests of bad input ask for, and each
# request it gave up because the machine got or lost a network interface: containers do that.
_EXPECTED = re.compile(
    r"Failed to load resource: "
    r"(the server responded with a status of 4\d\d|net::ERR_NETWORK_CHANGED)"
)


class Reader:
    """A person in front of the page. `complaints` is what the browser said against it."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._folder = folder
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.set_default_timeout(15_000)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _EXPECTED.search(message.text):
            self.complaints.append(message.text)

    def open(self, path: str) -> None:
        self.page.goto(path)
        expect(self.page.locator("main")).to_be_visible()

    def log_in(self, login: str, password: str) -> None:
        self.open("/login")
        self.page.get_by_label("아이디 또는 이메일").fill(login)
        self.page.get_by_label("비밀번호").fill(password)
        self.page.locator("main").get_by_role("button", name="로그인").click()
        expect(self.page.get_by_role("button", name="계정 메뉴")).to_be_visible()

    def write(self, source: str) -> None:
        """Replace what stands in the editor."""
        editor = self.page.locator(".cm-content")
        editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        # Pasted, not typed: typing would have the editor close brackets and indent by itself.
        self.page.keyboard.insert_text(source)

    def choose_language(self, name: str) -> None:
        self.page.get_by_role("combobox", name="언어").click()
        self.page.get_by_role("option", name=name).first.click()

    def submit(self) -> None:
        self.page.keyboard.press("Control+Shift+Enter")

    def run(self) -> None:
        self.page.keyboard.press("Control+Enter")

    def verdict(self) -> Locator:
        """The progress once it is finished; waits for it."""
        finished = self.page.locator("[data-state=finished]")
        expect(finished).to_be_visible(timeout=VERDICT_PATIENCE_MS)
        return finished

    def alert(self) -> Locator:
        return self.page.get_by_role("alert").first

    def faults_of_access(self) -> list[str]:
        """What axe-core finds on the page as it stands, one line each."""
        self.page.evaluate(AXE.read_text())
        found: list[dict[str, Any]] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES
        )
        return [
            f"{violation['id']}: {node['target']}"
            for violation in found
            for node in violation["nodes"]
        ]
