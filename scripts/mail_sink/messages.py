"""The mails that were taken: one `.eml` file each, newest last by name."""

from __future__ import annotations

import email
import email.policy
import re
import time
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import count
from pathlib import Path

KEPT = 500
_numbers = count()


@dataclass(frozen=True)
class Mail:
    """What a reader wants of a mail; `links` are the addresses in its text."""

    name: str
    sender: str
    to: str
    subject: str
    date: str
    text: str
    links: list[str]


def keep(folder: Path, content: bytes) -> Path:
    """Store one mail; a reader never sees half of it."""
    name = f"{time.time_ns():020d}-{next(_numbers) % 10_000:04d}.eml"
    half = folder / f"{name}.half"
    half.write_bytes(content)
    for old in sorted(folder.glob("*.eml"))[: -KEPT + 1]:
        old.unlink(missing_ok=True)
    return half.rename(folder / name)


def newest_first(folder: Path, to: str = "") -> list[Mail]:
    mails = [read(path) for path in sorted(folder.glob("*.eml"), reverse=True)]
    return [mail for mail in mails if not to or to.lower() in mail.to.lower()]


def read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    text = _text(message)
    return Mail(
        name=path.stem,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        date=str(message["Date"] or ""),
        text=text,
        links=re.findall(r"https?://[^\s<>\"]+", text),
    )


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    return str(body.get_content()) if body else ""
