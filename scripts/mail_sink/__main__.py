"""`python -m scripts.mail_sink FOLDER`: SMTP on SMTP_PORT, pages on MAIL_PORT, both on loopback."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from scripts.mail_sink.messages import keep, read
from scripts.mail_sink.pages import serve

MAX_BYTES = 1 << 20


class Sink:
    """Keeps each mail and says so in one line."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, *heard: object) -> str:  # noqa: N802 - aiosmtpd's name for it
        """Take (server, session, envelope)."""
        envelope = heard[-1]
        if not isinstance(envelope, Envelope):
            raise TypeError(type(envelope).__name__)
        content = envelope.content
        mail = read(keep(self._folder, content if isinstance(content, bytes) else b""))
        print(f"mail to {mail.to}: {mail.subject}", flush=True)
        return "250 Kept"


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # links in mails are secrets
    port = int(os.environ["SMTP_PORT"])
    controller = Controller(
        Sink(folder), hostname="127.0.0.1", port=port, data_size_limit=MAX_BYTES
    )
    pages = serve(folder, int(os.environ["MAIL_PORT"]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    controller.start()
    try:
        pages.serve_forever()
    finally:
        controller.stop()


if __name__ == "__main__":
    main()
