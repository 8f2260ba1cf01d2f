"""What the page says when something is wrong: precisely, in Korean, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scripts.test.running_stack import RunningStack
from tests.e2e.reader import Reader

pytestmark = pytest.mark.e2e


@pytest.fixture
def student(stack: RunningStack, reader: Reader) -> Reader:
    account = stack.account("student")
    reader.log_in(account["login"], account["password"])
    return reader


def at_the_problem(reader: Reader) -> None:
    reader.open("/problems/a-plus-b")
    reader.choose_language("Python 3")


def test_a_wrong_password_is_refused_without_telling_which_part(reader: Reader) -> None:
    reader.open("/login")
    reader.page.get_by_label("아이디 또는 이메일").fill("nobody-of-this-name")
    reader.page.get_by_label("비밀번호").fill("wrong")
    reader.page.locator("main").get_by_role("button", name="로그인").click()
    expect(reader.alert()).to_be_visible()


def test_a_registration_shows_each_fault_beside_its_field(reader: Reader) -> None:
    reader.open("/register")
    page = reader.page
    page.get_by_label("아이디").fill("A!")
    page.get_by_label("이메일").fill("not an address")
    page.get_by_label("비밀번호").fill("12345678")
    page.locator("main").get_by_role("button", name="회원가입").click()
    for label in ("아이디", "이메일", "비밀번호"):
        expect(page.get_by_label(label)).to_have_attribute("aria-invalid", "true")
    assert reader.faults_of_access() == []


def test_an_empty_program_is_refused(student: Reader) -> None:
    at_the_problem(student)
    student.write(" ")
    student.page.keyboard.press("Backspace")
    student.submit()
    expect(student.alert()).to_be_visible()
    expect(student.page.locator("[data-state]")).to_have_count(0)


def test_a_program_that_is_too_long_is_refused_and_kept(student: Reader) -> None:
    at_the_problem(student)
    student.write("# " + "x" * (256 * 1024))
    student.submit()
    expect(student.alert()).to_be_visible()
    expect(student.page.locator(".size")).to_have_class("size number is-wrong")
    expect(student.page.locator(".cm-content")).to_contain_text("xxx")


def test_a_body_over_the_limit_is_refused_in_the_readers_language(student: Reader) -> None:
    at_the_problem(student)
    student.write("# " + "x" * (1100 * 1024))
    student.submit()
    expect(student.alert()).to_contain_text("허용된 크기를 넘었습니다")


def test_a_problem_that_is_not_there_is_said_to_be_not_there(reader: Reader) -> None:
    reader.open("/problems/no-such-problem")
    expect(reader.alert()).to_contain_text("찾을 수 없")


def test_an_address_that_is_not_there_leads_back(reader: Reader) -> None:
    reader.open("/nowhere/at/all")
    expect(reader.page.get_by_role("heading", name="찾을 수 없는 페이지입니다")).to_be_visible()
    reader.page.locator("main").get_by_role("link", name="문제").click()
    expect(reader.page.get_by_role("heading", name="문제", exact=True)).to_be_visible()


def test_an_ended_session_is_told_and_the_code_stays(student: Reader) -> None:
    at_the_problem(student)
    student.write("print('still here')")
    cookies = student.page.context.cookies()
    student.page.context.clear_cookies(name="__Host-codeplace_session")
    assert any(cookie["name"] == "__Host-codeplace_session" for cookie in cookies)
    student.submit()
    expect(student.page.get_by_role("banner").get_by_role("link", name="로그인")).to_be_visible()
    expect(student.page.locator(".cm-content")).to_contain_text("print('still here')")


def test_a_wrong_csrf_token_is_refused(student: Reader) -> None:
    at_the_problem(student)
    student.write("print(1)")
    student.page.evaluate("document.cookie = 'csrf_token=wrong; path=/; secure'")
    student.submit()
    expect(student.alert()).to_be_visible()
    expect(student.page.locator("[data-state]")).to_have_count(0)


def test_a_link_of_a_mail_that_is_no_link_is_refused(reader: Reader) -> None:
    reader.open("/verify-email?token=made-up")
    expect(reader.alert()).to_be_visible()


def test_a_broken_package_is_refused_with_its_faults(stack: RunningStack, reader: Reader) -> None:
    account = stack.account("setter")
    reader.log_in(account["login"], account["password"])
    reader.open("/problems/import")
    reader.page.locator("input[type=file]").set_input_files(
        {"name": "broken.zip", "mimeType": "application/zip", "buffer": b"PK no zip at all"}
    )
    reader.page.get_by_role("button", name="가져오기").click()
    expect(reader.alert()).to_be_visible()
