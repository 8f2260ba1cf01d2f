from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from scripts.mail_sink.messages import KEPT, keep, newest_first
from scripts.mail_sink.pages import _show


def _mail(to: str, subject: str, text: str = "hello") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "CodePlace <c@localhost>", to, subject
    message.set_content(text)
    return message.as_bytes()


def test_mails_are_read_newest_first_and_by_their_receiver(tmp_path: Path) -> None:
    keep(tmp_path, _mail("ada@example.org", "erste"))
    keep(tmp_path, _mail("bela@example.org", "메일 확인"))
    assert [mail.subject for mail in newest_first(tmp_path)] == ["메일 확인", "erste"]
    assert [mail.subject for mail in newest_first(tmp_path, "ADA@")] == ["erste"]


def test_links_are_found_in_the_text(tmp_path: Path) -> None:
    keep(
        tmp_path, _mail("ada@example.org", "s", "See https://localhost:8443/verify?token=a.b-c_d\n")
    )
    assert newest_first(tmp_path)[0].links == ["https://localhost:8443/verify?token=a.b-c_d"]


def test_old_mails_make_room(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        keep(tmp_path, _mail("ada@example.org", str(number)))
    assert len(list(tmp_path.glob("*.eml"))) == KEPT


def test_a_page_shows_markup_as_text(tmp_path: Path) -> None:
    keep(tmp_path, _mail("ada@example.org", "<script>", "<img src=x onerror=alert(1)>"))
    page = _show(newest_first(tmp_path)[0])
    assert "<script>" not in page
    assert "<img" not in page
