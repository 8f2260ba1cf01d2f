"""Mail over SMTP: the standard library's client, and what a failure means."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from enum import StrEnum

from notifier import metrics
from notifier.errors import TransportError
from notifier.mail import Mail

TIMEOUT_S = 20.0
PERMANENT_FROM = 500
"""RFC 5321: 4yz is a passing failure, 5yz a lasting one."""
AUTHENTICATION_CODES = frozenset({530, 534, 535, 538})
"""Lasting for the server, but a fault of our settings that no mail shall be lost for."""


class Tls(StrEnum):
    """How the connection is made safe."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """Where mails are handed over."""

    host: str
    port: int
    tls: Tls
    user: str
    password: str = field(repr=False)
    sender: str


class SmtpTransport:
    """One connection for each mail: they are few, and an idle connection would be cut anyway."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server

    def send(self, mail: Mail) -> None:
        """Hand the mail to the server."""
        message = self._message(mail)
        try:
            with metrics.SMTP_SECONDS.time(), self._connect() as client:
                client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _failure(code, words) from error
        except smtplib.SMTPResponseException as error:
            raise _failure(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise TransportError(str(error), permanent=False) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TransportError(str(error), permanent=False) from error

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls is Tls.TLS:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host,
                server.port,
                timeout=TIMEOUT_S,
                context=ssl.create_default_context(),
            )
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
        if server.tls is Tls.STARTTLS:
            client.starttls(context=ssl.create_default_context())
        if server.user:
            client.login(server.user, server.password)
        return client

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        domain = parseaddr(self._server.sender)[1].rpartition("@")[2] or "localhost"
        message["Subject"] = mail.subject
        message["From"] = self._server.sender
        message["To"] = mail.to
        message["Date"] = formatdate(localtime=False, usegmt=True)
        message["Message-ID"] = f"<{mail.delivery_id}@{domain}>"
        message["Content-Language"] = mail.locale
        # RFC 3834: no vacation notice shall answer this.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        return message


def _failure(code: int, words: bytes | str) -> TransportError:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    permanent = code >= PERMANENT_FROM and code not in AUTHENTICATION_CODES
    return TransportError(f"{code} {said}", permanent=permanent)
