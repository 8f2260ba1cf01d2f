"""The SMTP adapter against a real server on loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from notifier.errors import TransportError
from notifier.mail import Mail
from notifier.smtp import SmtpServer, SmtpTransport, Tls


class Sink:
    """Keeps what it gets and refuses as told."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.answer_to_recipient = ""
        self.answer_to_data = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802
        if self.answer_to_data:
            return self.answer_to_data
        self.got.append(envelope.content)
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, SmtpTransport]]:
    handler = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, SmtpTransport(server(port))
    controller.stop()


def server(port: int) -> SmtpServer:
    return SmtpServer(
        host="127.0.0.1",
        port=port,
        tls=Tls.NONE,
        user="",
        password="",
        sender="CodePlace <no-reply@codeplace.example>",
    )


@pytest.fixture
def mail() -> Mail:
    return Mail(
        delivery_id=uuid4(),
        to="ada@example.org",
        subject="CodePlace 이메일 주소를 확인해 주세요",
        text="안녕하세요\n",
        html="<p>안녕하세요</p>",
        locale="ko",
    )


def test_a_mail_arrives_whole(sink: tuple[Sink, SmtpTransport], mail: Mail) -> None:
    handler, transport = sink
    transport.send(mail)
    (raw,) = handler.got
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == mail.subject
    assert message["To"] == "ada@example.org"
    assert message["Message-ID"] == f"<{mail.delivery_id}@codeplace.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == "안녕하세요"
    assert "안녕하세요" in html.get_content()


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 no such user", True), ("451 try later", False)]
)
def test_a_refused_recipient_says_whether_it_lasts(
    sink: tuple[Sink, SmtpTransport], mail: Mail, answer: str, *, permanent: bool
) -> None:
    handler, transport = sink
    handler.answer_to_recipient = answer
    with pytest.raises(TransportError) as caught:
        transport.send(mail)
    assert caught.value.permanent is permanent
    assert str(caught.value) == answer


@pytest.mark.parametrize(
    ("answer", "permanent"), [("554 spam", True), ("452 full", False), ("535 who are you", False)]
)
def test_a_refused_mail_says_whether_it_lasts(
    sink: tuple[Sink, SmtpTransport], mail: Mail, answer: str, *, permanent: bool
) -> None:
    handler, transport = sink
    handler.answer_to_data = answer
    with pytest.raises(TransportError) as caught:
        transport.send(mail)
    assert caught.value.permanent is permanent


def test_a_server_that_is_away_is_a_passing_failure(mail: Mail) -> None:
    with pytest.raises(TransportError) as caught:
        SmtpTransport(server(1)).send(mail)
    assert not caught.value.permanent
