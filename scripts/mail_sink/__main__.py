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
    # Loopback, but in a container, whose loopback nobody else sees.
    host = os.environ.get("MAIL_SINK_HOST", "127.0.0.1")
    port = int(os.environ["SMTP_PORT"])
    controller = Controller(Sink(folder), hostname=host, port=port, data_size_limit=MAX_BYTES)
    pages = serve(folder, host, int(os.environ["MAIL_PORT"]))
    # Nothing is lost by leaving at once: a mail is kept whole before it is acknowledged.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    controller.start()
    pages.serve_forever()


if __name__ == "__main__":
    main()
