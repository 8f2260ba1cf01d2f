"""For tests of whoever talks to a judge: one on a loopback port with fake slots, and a client."""

import base64
import hashlib
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
import uvicorn

from judge.building import Builder
from judge.checkers import native
from judge.compile_cache import CompileCache
from judge.judging import Bench
from judge.languages.language import LanguageData
from judge.languages.registry import Installed, Offer, Registry
from judge.sandbox.descriptors import read_start
from judge.sandbox.fakes import FakeSlot, FakeSlotPool, Scripted, SeenRun
from judge.sandbox.interface import Outcome, Report, Usage
from judge.server import build_app
from judge.settings import from_environment
from judge.slots import FairSlots
from judge.workshop import Workshop

SECRET = "a secret of the tests"  # noqa: S105 - for fakes only
LANGUAGE = """
id: fake
name: Fake
order: 1
extensions: [fake]
source: main.fake
commands: {}
version: [fakec, --version]
compile: {argv: [fakec, "{sources}"], collect: program}
run: {argv: [program], executable: program}
self_test: {source: add}
"""
Answer = tuple[int, Any, dict[str, str]]


class RefusedError(Exception):
    """The judge did not start to judge."""


@dataclass
class Rig:
    """The judge under test and the words to talk to it."""

    port: int
    pool: FakeSlotPool
    slots: FairSlots
    registry: Registry

    def request(
        self, method: str, path: str, body: bytes | dict[str, Any] = b"", secret: str = SECRET
    ) -> Answer:
        connection = self.send(method, path, body, secret)
        answer = connection.getresponse()
        raw = answer.read()
        connection.close()
        if answer.headers.get_content_type() == "application/json":
            return answer.status, json.loads(raw), dict(answer.headers)
        return answer.status, raw, dict(answer.headers)

    def send(
        self, method: str, path: str, body: bytes | dict[str, Any], secret: str = SECRET
    ) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, raw, {"X-Judge-Secret": secret})
        return connection

    def store(self, content: bytes) -> dict[str, Any]:
        sha256 = hashlib.sha256(content).hexdigest()
        self.request("PUT", f"/v1/blobs/{sha256}", content)
        return {"sha256": sha256, "size": len(content)}

    def judging(self, source: str, count: int = 3, **changes: object) -> dict[str, Any]:
        """A request whose cases want the sum of two numbers."""
        cases = [
            {
                "ordinal": n,
                "input": self.store(b"%d 1\n" % n),
                "answer": self.store(b"%d\n" % (n + 1)),
            }
            for n in range(1, count + 1)
        ]
        request = {
            "judgement_id": "j",
            "claim": 1,
            "program": program(source),
            "limits": {"cpu_time_ms": 1000, "memory_kib": 65536},
            "cases": cases,
        }
        return {**request, **changes}

    def judge(self, request: dict[str, Any], path: str = "/v1/judgements") -> list[dict[str, Any]]:
        status, raw, _ = self.request("POST", path, request)
        if status != HTTPStatus.OK:
            message = f"refused: {status} {raw!r}"
            raise RefusedError(message)
        return [json.loads(line) for line in raw.splitlines()]


def program(source: str, name: str = "sent.fake") -> dict[str, Any]:
    content = base64.b64encode(source.encode()).decode()
    return {"language": "fake", "files": [{"name": name, "content": content}]}


class Behaviour:
    """What the fake box does; `blocked` programs run until a slot is cancelled or it is set."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.started = threading.Event()
        self._slots: list[FakeSlot] = []

    def watch(self, pool: FakeSlotPool) -> None:
        """Notice when one of its slots is cancelled."""
        with pool.acquire_many(pool.size) as slots:
            self._slots = [slot for slot in slots if isinstance(slot, FakeSlot)]

    def __call__(self, run: SeenRun) -> Scripted:
        if run.command.argv[0] == "fakec":
            return self._compile(run)
        source = b""
        if run.command.executable is not None:
            source = read_start(run.command.executable, 1000)
        doing: dict[bytes, Callable[[SeenRun], Scripted]] = {
            b"add": _add,
            b"wrong": lambda _run: Scripted(stdout=b"no\n"),
            b"crash": lambda _run: Scripted(Report(Outcome.EXITED, exit_code=3), stderr=b"oh"),
            b"broken": lambda _run: Scripted(Report(Outcome.BROKEN, reason="slot lost")),
            b"accepts": lambda _run: _ends_with(42),
            b"refuses": lambda _run: _ends_with(43, b"not so"),
            b"odd": lambda run: _add(run) if b"2" not in run.stdin else Scripted(stdout=b"no"),
            b"blocked": self._blocked,
        }
        return doing[source](run)

    def _compile(self, run: SeenRun) -> Scripted:
        (source,) = run.files.values()
        if source == b"nonsense":
            return Scripted(Report(Outcome.EXITED, exit_code=1), stderr=b"/box/main.fake: \xff\n")
        return Scripted(leaves={"program": source})

    def _blocked(self, run: SeenRun) -> Scripted:
        self.started.set()
        while not self.go_on.is_set() and not any(s.cancelled.is_set() for s in self._slots):
            time.sleep(0.005)
        return _add(run)


def _ends_with(exit_code: int, said: bytes = b"") -> Scripted:
    report = Report(Outcome.EXITED, exit_code=exit_code)
    return Scripted(report, leaves={".judge/feedback/judgemessage.txt": said})


def _add(run: SeenRun) -> Scripted:
    total = sum(int(word) for word in run.stdin.split())
    usage = Usage(cpu_time_us=1500, wall_time_us=2500, memory_kib=700)
    return Scripted(Report(Outcome.EXITED, usage, exit_code=0), stdout=b"%d\n" % total)


@contextmanager
def running_judge(folder: Path, behaviour: Behaviour) -> Iterator[Rig]:
    """A judge with one slot and room for one more request."""
    pool = FakeSlotPool(behaviour, size=1)
    behaviour.watch(pool)
    workshop = _workshop(folder, pool)
    settings = from_environment(
        {"JUDGE_SECRET": SECRET, "JUDGE_CACHE_DIR": str(folder), "JUDGE_WAITING": "1"}
    )
    app = build_app(settings, workshop, list)
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Rig(port, pool, workshop.slots, workshop.registry)
    finally:
        behaviour.go_on.set()
        server.should_exit = True
        thread.join()


def _workshop(folder: Path, pool: FakeSlotPool) -> Workshop:
    language = Installed(msgspec.yaml.decode(LANGUAGE, type=LanguageData))
    registry = Registry([language])
    registry.decide(Offer(language, available=True))
    builder = Builder(CompileCache(folder / "compiled", 1 << 20))
    bench = Bench(builder, native.load(folder / "native"))
    return Workshop(pool, FairSlots(pool, waiting=1), registry, bench, folder)
