"""The judge's client against a real HTTP server that speaks the contract and runs nothing."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest

from contracts.judging import (
    Blob,
    Checker,
    Compiled,
    Finished,
    JudgingCase,
    JudgingRequest,
    PlaygroundCase,
    PlaygroundRequest,
    Program,
    RunFinished,
    RunLimits,
    SourceFile,
)
from grader import judge_client
from grader.clock import SystemClock
from grader.draining import Draining
from grader.errors import (
    DrainingError,
    JudgeBrokenError,
    JudgeLostError,
    MachineryError,
    NoRoomError,
)
from grader.fakes import SECRET, FakeJudge
from grader.judge_client import HttpJudges
from grader.judges import JudgeDirectory
from grader.watch import JudgeWatch
from grader.wire import Wire

BIG = b"0123456789abcdef" * 200_000


class MemoryBlobs:
    """Files in memory, given in uneven pieces."""

    def __init__(self, *contents: bytes) -> None:
        self.files = {hashlib.sha256(content).hexdigest(): content for content in contents}
        self.given: list[str] = []

    def chunks(self, sha256: str) -> Iterator[bytes]:
        self.given.append(sha256)
        content = self.files[sha256]
        yield content[:100]
        yield content[100:]


class Client:
    """Everything of the real client, but for the database."""

    def __init__(self, *urls: str, secret: str = SECRET) -> None:
        clock = SystemClock()
        self.draining = Draining(clock, grace_s=1.0)
        self.directory = JudgeDirectory(clock)
        self.blobs = MemoryBlobs(b"1\n", b"2\n", b"", BIG)
        wire = Wire(secret, connections=8)
        self.changes = 0
        self.watch = JudgeWatch(urls, self.directory, wire, self._changed)
        self.judges = HttpJudges(
            self.directory, wire, self.blobs, clock=clock, draining=self.draining
        )
        self.watch.look()

    def _changed(self) -> None:
        self.changes += 1

    def judge(self, request: JudgingRequest | PlaygroundRequest) -> list[object]:
        with self.judges.room() as room, closing(room.judge(request, "trace-7")) as events:
            return [event for event in events if event is not None]


def blob(content: bytes) -> Blob:
    return Blob(sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def request(
    source: str = "fake: AC", *, language: str = "cpp", contents: tuple[bytes, ...] = (b"1\n",)
) -> JudgingRequest:
    return JudgingRequest(
        judgement_id=str(uuid4()),
        claim=1,
        program=Program(
            language=language, files=[SourceFile(name="main.cpp", content=source.encode())]
        ),
        limits=RunLimits(cpu_time_ms=1000, memory_kib=1000),
        cases=[
            JudgingCase(ordinal=n, input=blob(content), answer=blob(b"2\n"))
            for n, content in enumerate(contents, 1)
        ],
        checker=Checker(),
    )


@pytest.fixture
def client(fake_judge: FakeJudge) -> Client:
    return Client(fake_judge.url)


def test_what_a_judge_lacks_is_given_once(client: Client, fake_judge: FakeJudge) -> None:
    events = client.judge(request(contents=(b"1\n", b"", BIG)))
    assert isinstance(events[-1], Finished)
    assert len([event for event in events if isinstance(event, RunFinished)]) == 3
    assert fake_judge.blobs[blob(BIG).sha256] == BIG
    assert fake_judge.blobs[blob(b"").sha256] == b""
    client.judge(request(contents=(b"1\n", b"", BIG)))
    assert len(client.blobs.given) == len(set(client.blobs.given))


def test_the_trace_id_reaches_the_judge(client: Client, fake_judge: FakeJudge) -> None:
    client.judge(request())
    assert fake_judge.trace_ids == ["trace-7"]


def test_a_playground_run_needs_no_files(client: Client) -> None:
    asked = PlaygroundRequest(
        playground_run_id="x",
        program=Program(language="cpp", files=[SourceFile(name="main.cpp", content=b"")]),
        limits=RunLimits(cpu_time_ms=1000, memory_kib=1000),
        cases=[PlaygroundCase(ordinal=1, input=b"1")],
    )
    run = client.judge(asked)[2]
    assert isinstance(run, RunFinished)
    assert run.stdout == b"fake\n"


def test_silence_is_told_while_the_judge_works(client: Client) -> None:
    with (
        client.judges.room() as room,
        closing(room.judge(request("fake: compile=0.5"), "")) as events,
    ):
        said = list(events)
    assert said.count(None) >= 3


def test_leaving_early_ends_the_judging_at_once(client: Client, fake_judge: FakeJudge) -> None:
    with (
        client.judges.room() as room,
        closing(room.judge(request("fake: each=5"), "")) as events,
    ):
        for event in events:
            if isinstance(event, Compiled):
                break
    left = time.monotonic()
    while not fake_judge.aborted:
        assert time.monotonic() - left < 3
        time.sleep(0.01)
    assert client.directory.ready()[0].held == 0


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("fake: lost@0", JudgeLostError),
        ("fake: garbage", JudgeBrokenError),
    ],
)
def test_a_judge_that_took_the_work_and_failed_is_a_fault_of_ours(
    client: Client, source: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        client.judge(request(source))
    assert all(judge.held == 0 for judge in client.directory.keep_only([]))


def test_a_lost_judge_gets_no_more_work_until_it_answers(client: Client) -> None:
    with pytest.raises(JudgeLostError):
        client.judge(request("fake: lost@0"))
    assert client.directory.ready() == []
    client.watch.look()
    assert isinstance(client.judge(request())[-1], Finished)


def test_another_judge_is_asked_when_one_is_gone(
    fake_judge: FakeJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeJudge(slots=8) as gone:
        client = Client(fake_judge.url, gone.url)
        gone.stop()
        assert isinstance(client.judge(request())[-1], Finished)
    assert [judge.url for judge in client.directory.ready()] == [fake_judge.url]


def test_a_busy_judge_is_asked_again_until_it_has_a_slot(
    client: Client, fake_judge: FakeJudge
) -> None:
    assert fake_judge.take_slot()
    assert fake_judge.take_slot()
    threading.Timer(0.4, fake_judge.free_slot).start()
    begun = time.monotonic()
    assert isinstance(client.judge(request())[-1], Finished)
    assert 0.3 < time.monotonic() - begun < 2


def test_patience_with_busy_judges_ends(
    client: Client, fake_judge: FakeJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge_client, "PATIENCE_S", 0.3)
    fake_judge.take_slot()
    fake_judge.take_slot()
    with pytest.raises(NoRoomError):
        client.judge(request())


def test_a_wrong_secret_makes_nobody_suffer(
    fake_judge: FakeJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge_client, "PATIENCE_S", 0.3)
    client = Client(fake_judge.url, secret="of somebody else")
    with pytest.raises(NoRoomError):
        client.judge(request())


def test_the_judge_with_the_language_is_chosen(fake_judge: FakeJudge) -> None:
    with FakeJudge(slots=8, languages=("rust",)) as other:
        client = Client(fake_judge.url, other.url)
        client.judge(request())
        client.judge(request(language="rust"))
        assert (len(fake_judge.judged), len(other.judged)) == (1, 1)


def test_a_language_that_nobody_offers_is_a_fault_of_ours(client: Client) -> None:
    with pytest.raises(MachineryError, match="No judge offers cobol"):
        client.judge(request(language="cobol"))


def test_a_language_that_went_away_meanwhile_is_looked_for_elsewhere(
    fake_judge: FakeJudge,
) -> None:
    with FakeJudge(slots=8) as other:
        client = Client(fake_judge.url, other.url)
        other.languages = ("python3",)
        assert isinstance(client.judge(request())[-1], Finished)
        assert other.judged == []


def test_work_is_spread_over_judges() -> None:
    with FakeJudge(slots=2) as one, FakeJudge(slots=2) as two:
        client = Client(one.url, two.url)
        client.judge(request())
        threads = [
            threading.Thread(target=client.judge, args=(request("fake: compile=0.3"),))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(one.judged) + len(two.judged) == 5
        assert min(len(one.judged), len(two.judged)) == 2


def test_a_draining_judge_gets_no_work(client: Client, fake_judge: FakeJudge) -> None:
    fake_judge.ready = False
    client.watch.look()
    assert client.directory.ready() == []
    fake_judge.ready = True
    client.watch.look()
    assert len(client.directory.ready()) == 1


def test_a_grader_that_goes_away_waits_for_no_judge(client: Client) -> None:
    client.directory.keep_only([])
    threading.Timer(0.2, client.draining.begin).start()
    with pytest.raises(DrainingError), client.judges.room():
        pass


def test_the_languages_are_written_when_the_judges_change(fake_judge: FakeJudge) -> None:
    client = Client(fake_judge.url)
    client.watch.look()
    assert client.changes == 1
    fake_judge.stop()
    client.watch.look()
    fake_judge.start()
    fake_judge.languages = ("cpp", "python3", "rust")
    client.watch.look()
    assert client.changes == 2


def test_a_server_that_never_answers_is_lost_and_not_waited_for() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        client = Client(f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert client.directory.ready() == []
