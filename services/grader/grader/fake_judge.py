"""A judge without a sandbox that speaks the real contract over HTTP, for tests of its clients.

It judges by what the program says of itself in a line with `fake:`; see `Script`. For instance:

    with FakeJudge(slots=2) as judge:
        settings = ... judge_urls=(judge.url,), judge_secret=SECRET ...
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import msgspec

from contracts.judging import (
    SECRET_HEADER,
    TRACE_HEADER,
    BlobQuery,
    Compiled,
    Compiling,
    Event,
    Finished,
    Health,
    Heartbeat,
    JudgingRequest,
    Language,
    Languages,
    MissingBlobs,
    PlaygroundRequest,
    Refusal,
    RunFinished,
)
from contracts.verdicts import Verdict

SECRET = "fake-judge-of-tests-0123456789abcdef"  # noqa: S105 - of a judge that judges nothing
HEARTBEAT_S = 0.5


@dataclass(frozen=True)
class Script:
    """What a fake judging does, as a program asks for it in a line such as `fake: WA@2 each=0.1`.

    Words: `CE`; a verdict with the ordinal of its test case (`TLE@3`), else AC; `compile=S` and
    `each=S` seconds; `broken`; `garbage`; `lost@N` cuts the stream after N runs.
    """

    compiles: bool = True
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    compile_s: float = 0.0
    each_s: float = 0.0
    broken: bool = False
    garbage: bool = False
    lost_after: int | None = None

    @classmethod
    def read(cls, source: bytes) -> Script:
        """Find the line in a program."""
        _, _, rest = source.decode(errors="replace").partition("fake:")
        fields: dict[str, Any] = {"verdicts": {}}
        for word in rest.partition("\n")[0].split():
            name, _, at = word.partition("@")
            key, _, seconds = word.partition("=")
            if word == "CE":
                fields["compiles"] = False
            elif word in {"broken", "garbage"}:
                fields[word] = True
            elif name == "lost":
                fields["lost_after"] = int(at)
            elif seconds:
                fields[f"{key}_s"] = float(seconds)
            elif at:
                fields["verdicts"][int(at)] = Verdict(name)
        return cls(**fields)


class FakeJudge:
    """An HTTP server that speaks the judge's contract and runs nothing. Use it as a context."""

    def __init__(
        self, *, slots: int = 2, languages: Sequence[str] = ("cpp", "python3"), port: int = 0
    ) -> None:
        self.slots = slots
        self.languages = tuple(languages)
        self.ready = True
        self.blobs: dict[str, bytes] = {}
        self.judged: list[str] = []
        """Ids of the requests that were taken, in order; a double shows here."""
        self.aborted = 0
        """Streams whose reader went away."""
        self.trace_ids: list[str] = []
        self._busy = 0
        self._lock = threading.Lock()
        self._connections: set[Any] = set()
        self._port = port
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> Self:
        """Listen, on the same port as before when started again."""
        handler = type("Handler", (_Handler,), {"fake": self})
        server = _Server(("127.0.0.1", self._port), handler)
        self._port = server.server_port
        self._server = server
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Go away in the middle of everything, as a killed process does."""
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server = None
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def take_slot(self) -> bool:
        """Take a slot, or return False when all are taken."""
        with self._lock:
            if self._busy >= self.slots or not self.ready:
                return False
            self._busy += 1
            return True

    def free_slot(self) -> None:
        """Give it back."""
        with self._lock:
            self._busy -= 1

    def health(self) -> Health:
        """Say how it is."""
        with self._lock:
            return Health(
                ready=self.ready, rung="fake", slots=self.slots, slots_free=self.slots - self._busy
            )

    def connected(self, connection: Any, *, there: bool) -> None:  # noqa: ANN401 - a socket file
        """Remember who is connected."""
        with self._lock:
            (self._connections.add if there else self._connections.discard)(connection)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients of this server are killed and cut off all the time."""


class _Handler(BaseHTTPRequestHandler):
    fake: FakeJudge
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.fake.connected(self.connection, there=True)

    def finish(self) -> None:
        self.fake.connected(self.connection, there=False)
        try:
            super().finish()
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path == "/v1/health":
            health = self.fake.health()
            self._answer(200 if health.ready else 503, health)
        elif self.path == "/v1/languages":
            offers = [_language(name) for name in self.fake.languages]
            self._answer(200, Languages(languages=offers))
        else:
            self._answer(404, Refusal(code="not_found", message=self.path))

    def do_PUT(self) -> None:
        content = self._body()
        sha256 = self.path.rpartition("/")[2]
        if hashlib.sha256(content).hexdigest() != sha256:
            self._answer(400, Refusal(code="malformed", message="The content is another."))
            return
        self.fake.blobs[sha256] = content
        self._answer(204, None)

    def do_POST(self) -> None:
        body = self._body()
        if self.headers.get(SECRET_HEADER) != SECRET:
            self._answer(401, Refusal(code="wrong_secret", message="Who are you?"))
        elif self.path == "/v1/blobs/missing":
            asked = msgspec.json.decode(body, type=BlobQuery).sha256
            missing = [sha256 for sha256 in asked if sha256 not in self.fake.blobs]
            self._answer(200, MissingBlobs(missing=missing))
        elif self.path == "/v1/judgements":
            self._judge(msgspec.json.decode(body, type=JudgingRequest))
        else:
            self._judge(msgspec.json.decode(body, type=PlaygroundRequest))

    def _judge(self, request: JudgingRequest | PlaygroundRequest) -> None:
        if request.program.language not in self.fake.languages:
            self._answer(422, Refusal(code="language_unknown", message=request.program.language))
            return
        missing = self._missing(request)
        if missing:
            self._answer(409, MissingBlobs(missing=missing))
            return
        if not self.fake.take_slot():
            self._answer(503, Refusal(code="busy", message="No slot."), {"Retry-After": "1"})
            return
        try:
            self._stream(request)
        except OSError:
            self.fake.aborted += 1
            self.close_connection = True
        finally:
            self.fake.free_slot()

    def _missing(self, request: JudgingRequest | PlaygroundRequest) -> list[str]:
        if isinstance(request, PlaygroundRequest):
            return []
        wanted = [blob.sha256 for case in request.cases for blob in (case.input, case.answer)]
        return sorted({sha256 for sha256 in wanted if sha256 not in self.fake.blobs})

    def _stream(self, request: JudgingRequest | PlaygroundRequest) -> None:
        if isinstance(request, JudgingRequest):
            self.fake.judged.append(request.judgement_id)
        else:
            self.fake.judged.append(request.playground_run_id)
        self.fake.trace_ids.append(self.headers.get(TRACE_HEADER, ""))
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        script = Script.read(request.program.files[0].content)
        self._say(Compiling())
        self._work(script.compile_s)
        if script.garbage:
            self._chunk(b'{"event": "run", "ordinal": "one"}\n')
        self._say(Compiled(ok=script.compiles, output="" if script.compiles else "error: no"))
        if script.compiles and not self._runs(request, script):
            return
        self._say(Finished(broken="The sandbox is ill." if script.broken else None))
        self._chunk(b"")

    def _runs(self, request: JudgingRequest | PlaygroundRequest, script: Script) -> bool:
        failed = False
        stop = isinstance(request, JudgingRequest) and request.stop_at_failure
        ordinals = [case.ordinal for case in request.cases]
        for done, ordinal in enumerate(ordinals):
            if script.lost_after == done:
                self.close_connection = True
                return False
            verdict = Verdict.SK
            if not failed or not stop:
                self._work(script.each_s)
                verdict = script.verdicts.get(ordinal, Verdict.AC)
                failed = failed or verdict is not Verdict.AC
            shown = b"fake\n" if isinstance(request, PlaygroundRequest) else None
            self._say(
                RunFinished(
                    ordinal=ordinal,
                    verdict=verdict,
                    cpu_time_ms=ordinal,
                    wall_time_ms=ordinal,
                    memory_kib=1000 + ordinal,
                    exit_code=0,
                    stdout=shown,
                    stderr=None if shown is None else b"",
                )
            )
        return True

    def _work(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, HEARTBEAT_S))
            if left > HEARTBEAT_S:
                self._say(Heartbeat())

    def _say(self, event: Event) -> None:
        self._chunk(msgspec.json.encode(event) + b"\n")

    def _chunk(self, content: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
        self.wfile.flush()

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _answer(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        content = b"" if body is None else msgspec.json.encode(body)
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _language(name: str) -> Language:
    return Language(
        id=name,
        name=name.title(),
        version=f"{name} 1.0 of a fake judge",
        extensions=[name[:3]],
        compile_command="",
        run_command=name,
    )
