"""The whole judge as a process with real boxes: ready, judging, cancelled, going away."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from judge.http.rig import SECRET, RefusedError, Rig, program
from judge.languages.registry import Registry
from judge.sandbox.fakes import FakeSlotPool
from judge.slots import FairSlots

pytestmark = pytest.mark.sandbox

ADD = (
    '#include <stdio.h>\nint main(void) { int a, b; scanf("%d %d", &a, &b); printf("%d", a + b); }'
)
LOOP = "#include <stdio.h>\nint main(void) { for (volatile int i = 0;; i++) {} }"


class Process:
    """A running judge."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environ = {
            **os.environ,
            "JUDGE_SECRET": SECRET,
            "JUDGE_PORT": str(self.port),
            "JUDGE_CACHE_DIR": str(folder),
            "JUDGE_LANGUAGES": "c",
            "JUDGE_GRACE_SECONDS": "1",
        }
        self.process = subprocess.Popen([sys.executable, "-m", "judge"], env=environ)
        pool = FakeSlotPool()
        self.rig = Rig(self.port, pool, FairSlots(pool, 0), Registry([]))

    def health(self) -> dict[str, Any]:
        try:
            status, body, _ = self.rig.request("GET", "/v1/health")
        except OSError:
            return {"ready": False, "slots_free": 0}
        assert (status == 200) == body["ready"]
        return dict(body)

    def judging(self, source: str, cpu_time_ms: int = 1000) -> dict[str, Any]:
        request = self.rig.judging(source, 2)
        request["program"] = program(source) | {"language": "c"}
        request["limits"]["cpu_time_ms"] = cpu_time_ms
        return request

    def wait_until(self, condition: Callable[[], bool], seconds: float = 90) -> float:
        started = time.monotonic()
        while not condition():
            assert time.monotonic() - started < seconds
            time.sleep(0.01)
        return time.monotonic() - started


@pytest.fixture
def judge(tmp_path: Path) -> Iterator[Process]:
    running = Process(tmp_path)
    try:
        running.wait_until(lambda: running.health()["ready"])
        yield running
    finally:
        running.process.kill()
        running.process.wait()


def busy(judge: Process) -> bool:
    health = judge.health()
    return bool(health["slots_free"] < health["slots"])


def start(judge: Process, source: str, cpu_time_ms: int) -> http.client.HTTPConnection:
    connection = judge.rig.send("POST", "/v1/judgements", judge.judging(source, cpu_time_ms))
    judge.wait_until(lambda: busy(judge))
    return connection


def test_a_program_is_judged_in_a_real_box(judge: Process) -> None:
    events = judge.rig.judge(judge.judging(ADD))
    assert [event.get("verdict") for event in events[2:4]] == ["AC", "AC"]
    assert events[-1] == {"event": "finished", "broken": None}


def test_a_dropped_connection_frees_the_slot_at_once(judge: Process) -> None:
    connection = start(judge, LOOP, 60_000)
    answer = connection.getresponse()
    answer.readline()
    answer.readline()
    answer.close()
    connection.close()
    assert judge.wait_until(lambda: not busy(judge)) < 5
    assert judge.rig.judge(judge.judging(ADD))[-1]["broken"] is None


def test_going_away_it_finishes_what_it_can_and_lets_nobody_in(judge: Process) -> None:
    connection = start(judge, LOOP, 60_000)
    judge.process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    with pytest.raises(RefusedError, match="503"):
        judge.rig.judge(judge.judging(ADD))
    lines = [json.loads(line) for line in connection.getresponse().read().splitlines()]
    assert "going away" in lines[-1]["broken"]
    assert judge.process.wait(30) == 0


def test_an_idle_judge_goes_away_at_once_and_leaves_no_process(judge: Process) -> None:
    judge.process.send_signal(signal.SIGTERM)
    judge.process.wait(20)
    children = Path(f"/proc/{judge.process.pid}/task")
    assert not children.exists()


def test_an_idle_judge_is_small(judge: Process) -> None:
    judge.rig.judge(judge.judging(ADD))
    status = Path(f"/proc/{judge.process.pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    assert int(resident.split()[1]) < 120 * 1024
