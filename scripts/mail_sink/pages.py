"""The web side of the mail sink: a list to read by eye, and JSON for scripts and tests."""

from __future__ import annotations

import dataclasses
import html
import json
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from scripts.mail_sink.messages import Mail, newest_first

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>CodePlace: mail sink</title>
<style>body{font:15px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;background:#f4f4f4;padding:1rem}summary{cursor:pointer}</style>
<h1>Mail sink</h1><p>Mails that this CodePlace would have sent, newest first.</p>"""


class Pages(BaseHTTPRequestHandler):
    """`/` for people, `/messages.json?to=…` for programs. Nothing can be changed here."""

    def __init__(self, folder: Path, *args: Any) -> None:  # noqa: ANN401 - the base's arguments
        self._folder = folder
        super().__init__(*args)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        to = parse_qs(address.query).get("to", [""])[0]
        if address.path == "/messages.json":
            items = [dataclasses.asdict(mail) for mail in newest_first(self._folder, to)]
            self._answer("application/json", json.dumps({"items": items}, ensure_ascii=False))
        elif address.path == "/":
            self._answer("text/html", PAGE + "".join(map(_show, newest_first(self._folder, to))))
        else:
            self.send_error(404)

    def _answer(self, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing of each look: a waiting test looks ten times a second."""


def _show(mail: Mail) -> str:
    text = html.escape(mail.text)
    for link in mail.links:
        shown = html.escape(link)
        text = text.replace(shown, f'<a href="{shown}">{shown}</a>')
    head = html.escape(f"{mail.date} · {mail.to} · {mail.subject}")
    return f"<details open><summary>{head}</summary><pre>{text}</pre></details>"


def serve(folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """Return a server; its caller runs it."""
    return ThreadingHTTPServer((host, port), partial(Pages, folder))
