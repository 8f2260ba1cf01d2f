"""The road of a newcomer: from the first page to the first verdict, without reloading anything."""

from __future__ import annotations

import re
import secrets

import pytest
import requests
from playwright.sync_api import expect

from scripts.test.running_stack import RunningStack, wait_for
from tests.e2e.reader import Reader

pytestmark = pytest.mark.e2e

RIGHT = "a, b = map(int, input().split())\nprint(a + b)\n"
PASSWORD = "a long walk by the sea"


def link_mailed_to(stack: RunningStack, address: str) -> str:
    def look() -> str | None:
        answer = requests.get(f"{stack.mail_url}/messages.json?to={address}", timeout=10)
        links = [link for mail in answer.json()["items"] for link in mail["links"]]
        return next((link for link in links if "token=" in link), None)

    return wait_for(f"the mail to {address}", look, patience_s=30)


def register(reader: Reader, name: str) -> None:
    reader.open("/")
    page = reader.page
    page.get_by_role("banner").get_by_role("link", name="회원가입").click()
    page.get_by_label("아이디").fill(name)
    page.get_by_label("이메일").fill(f"{name}@example.org")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="회원가입").click()
    expect(page.get_by_role("heading", name="가입이 완료되었습니다")).to_be_visible()


def test_from_registering_to_the_verdict_in_the_list(stack: RunningStack, reader: Reader) -> None:
    page = reader.page
    name = f"walker-{secrets.token_hex(4)}"
    register(reader, name)

    page.goto(link_mailed_to(stack, f"{name}@example.org"))
    expect(page.get_by_text("이메일이 확인되었습니다.")).to_be_visible()

    reader.log_in(name, PASSWORD)
    page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="문제").click()
    page.get_by_role("link", name="A + B").click()
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.get_by_text("시간 제한")).to_be_visible()

    reader.choose_language("Python 3")
    reader.write(RIGHT)
    reader.run()
    expect(page.get_by_test_id("sample-summary")).to_contain_text(
        re.compile(r"예제 (\d+)개 중 \1개를 통과했습니다"), timeout=60_000
    )

    seen: list[str] = []
    # Playwright cannot hang its mark on a built-in method, so not `seen.append` itself.
    page.expose_function("noteState", lambda state: seen.append(state))  # noqa: PLW0108
    page.evaluate(
        """() => new MutationObserver(() => {
          const state = document.querySelector('[data-state]')?.dataset.state
          if (state && state !== window.lastState) noteState(window.lastState = state)
        }).observe(document.body, {subtree: true, childList: true, attributes: true})"""
    )
    reader.submit()
    expect(reader.verdict()).to_contain_text("맞았습니다")
    assert seen[-1] == "finished"
    assert seen == sorted(seen, key=["queued", "compiling", "running", "finished"].index)
    rows = page.get_by_role("region", name="테스트별 결과").get_by_role("row")
    assert rows.count() > 2
    expect(rows.nth(1)).to_contain_text("ms")
    expect(rows.nth(1)).to_contain_text("MiB")

    page.get_by_role("link", name="제출 현황").click()
    page.get_by_label("내 제출만").check()
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("A + B")
    expect(row).to_contain_text("맞았습니다")
    row.get_by_role("link", name="맞았습니다").click()
    expect(page.locator(".cm-content")).to_contain_text("print(a + b)")


def test_the_progress_arrives_by_events_not_by_asking(stack: RunningStack, reader: Reader) -> None:
    account = stack.account("student")
    reader.log_in(account["login"], account["password"])
    reader.open("/problems/a-plus-b")
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.choose_language("Python 3")
    reader.write(RIGHT)
    reader.submit()
    reader.verdict()
    assert any("/api/v1/live?topic=submission" in url for url in asked)


def test_a_visitor_keeps_the_code_while_logging_in(stack: RunningStack, reader: Reader) -> None:
    reader.open("/problems/a-plus-b")
    reader.choose_language("Python 3")
    reader.write("print('kept')\n")
    reader.submit()
    reader.page.locator("main").get_by_role("link", name="로그인").click()
    account = stack.account("student")
    reader.page.get_by_label("아이디 또는 이메일").fill(account["login"])
    reader.page.get_by_label("비밀번호").fill(account["password"])
    reader.page.locator("main").get_by_role("button", name="로그인").click()
    expect(reader.page).to_have_url(re.compile("/problems/a-plus-b$"))
    expect(reader.page.locator(".cm-content")).to_contain_text("print('kept')")


def test_a_forgotten_password_is_set_anew_by_mail(stack: RunningStack, reader: Reader) -> None:
    name = f"forgetful-{secrets.token_hex(4)}"
    register(reader, name)
    first = link_mailed_to(stack, f"{name}@example.org")
    reader.open("/forgot-password")
    reader.page.get_by_label("아이디 또는 이메일").fill(name)
    reader.page.get_by_role("button", name="링크 보내기").click()
    expect(reader.page.get_by_role("status")).to_contain_text("메일을 보냈습니다")

    def newer() -> str | None:
        link = link_mailed_to(stack, f"{name}@example.org")
        return link if link != first else None

    reader.page.goto(wait_for("the second mail", newer))
    reader.page.get_by_label("새 비밀번호").fill("another walk by the sea")
    reader.page.get_by_role("button", name="비밀번호 바꾸기").click()
    expect(reader.page.get_by_text("비밀번호가 바뀌었습니다.")).to_be_visible()
    reader.log_in(name, "another walk by the sea")


def test_the_page_speaks_english_to_who_reads_english(english_reader: Reader) -> None:
    page = english_reader.page
    english_reader.open("/problems")
    expect(page.get_by_role("heading", name="Problems")).to_be_visible()
    page.get_by_role("button", name="Language").click()
    page.get_by_role("button", name="한국어").click()
    expect(page.get_by_role("heading", name="문제", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="문제", exact=True)).to_be_visible()
