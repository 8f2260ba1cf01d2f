"""What the containers cannot do: be root, reach what they must not, leave their fences."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .stack import ONE_SHOTS, Stack

pytestmark = [pytest.mark.containers, pytest.mark.timeout(2400)]

SETUID_AND_SETGID = 1 << 7 | 1 << 6
FILTERED = "2"
JUDGE_USER = 10005

CONNECT = """
import socket, sys
host, port = sys.argv[1], int(sys.argv[2])
try:
    socket.create_connection((host, port), 3).close()
except OSError as error:
    print("refused:", error)
else:
    print("reached")
"""

# A connection alone proves nothing where something on the way accepts every one (a transparent
# proxy); the judge is known by its answer.
ASK_FOR_HEALTH = """
import sys, urllib.request
try:
    print(urllib.request.urlopen(f"http://{sys.argv[1]}:18200/v1/health", timeout=3).read())
except OSError as error:
    print("refused:", error)
"""


@dataclass(frozen=True)
class Process:
    """One process of a container, as the kernel of the machine sees it."""

    service: str
    name: str
    user: int
    capabilities: int
    no_new_privileges: str
    seccomp: str

    @classmethod
    def read(cls, service: str, pid: int) -> Process:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        fields = dict(line.split(":", 1) for line in lines)
        return cls(
            service=service,
            name=fields["Name"].strip(),
            user=int(fields["Uid"].split()[1]),
            capabilities=int(fields["CapEff"], 16),
            no_new_privileges=fields["NoNewPrivs"].strip(),
            seccomp=fields["Seccomp"].strip(),
        )


@pytest.fixture(scope="module")
def processes(running: Stack) -> list[Process]:
    """All processes of all containers; those that end while we look are left out."""
    found = []
    for row in running.containers():
        if row["Service"] in ONE_SHOTS:
            continue
        table = running.engine.docker("top", row["Name"], "-eo", "pid").splitlines()[1:]
        for pid in table:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found.append(Process.read(row["Service"], int(pid)))
    return found


@pytest.fixture
def listener() -> Iterator[int]:
    """A service of the host that listens on every address, as an administrator's may."""
    with socket.create_server(("0.0.0.0", 0)) as server:  # noqa: S104 - the mistake to survive

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    server.accept()[0].close()

        threading.Thread(target=accept, daemon=True).start()
        port: int = server.getsockname()[1]
        yield port
        server.shutdown(socket.SHUT_RDWR)


def test_nothing_runs_as_root_but_the_sandbox_helper(processes: list[Process]) -> None:
    roots = {(one.service, one.name) for one in processes if one.user == 0}
    assert roots == {("judge", "docker-init"), ("judge", "boxd")}


def test_the_sandbox_helper_has_two_capabilities_and_nobody_else_any(
    processes: list[Process],
) -> None:
    for one in processes:
        if one.service == "judge" and one.user == 0:
            assert one.capabilities & ~SETUID_AND_SETGID == 0, one
        elif one.service == "judge" and one.user != JUDGE_USER:
            continue  # a slot's init: its capabilities count in its own user namespace only
        else:
            assert one.capabilities == 0, one


def test_every_process_is_filtered_and_gains_no_privileges(processes: list[Process]) -> None:
    assert {one.no_new_privileges for one in processes} == {"1"}
    assert {one.seccomp for one in processes} == {FILTERED}


def test_no_container_is_privileged(running: Stack) -> None:
    for row in running.containers():
        (described,) = [
            one for one in running.inspect(row["Service"]) if row["Name"] in one["Name"]
        ]
        assert not described["HostConfig"]["Privileged"], row["Service"]
        assert described["HostConfig"]["ReadonlyRootfs"], row["Service"]
        sockets = [mount for mount in described["Mounts"] if "docker.sock" in mount["Source"]]
        assert not sockets, row["Service"]


@pytest.mark.parametrize(
    ("service", "port"),
    [("postgres", 15432), ("redis", 16379), ("api", 18100), ("frontend", 18080)],
)
def test_the_judge_reaches_no_service(running: Stack, service: str, port: int) -> None:
    for address in _addresses(running, service):
        assert _connect(running, "judge", address, port).startswith("refused")


def test_the_judge_reaches_neither_the_host_nor_the_world(running: Stack, listener: int) -> None:
    for address in _host_addresses(running):
        assert _connect(running, "judge", address, listener).startswith("refused")
    assert _connect(running, "judge", "example.org", 80).startswith("refused")


def test_the_measure_of_reaching_is_right(running: Stack, listener: int) -> None:
    reached = [_connect(running, "notifier", one, listener) for one in _host_addresses(running)]
    assert "reached\n" in reached
    addresses = _addresses(running, "postgres")
    assert [_connect(running, "grader", one, 15432) for one in addresses] == ["reached\n"]


def test_only_graders_reach_the_judge(running: Stack) -> None:
    (address,) = _addresses(running, "judge")
    heard = {
        service: running.execute(
            running.containers(service)[0]["Name"], "python", "-c", ASK_FOR_HEALTH, address
        )
        for service in ("grader", "api", "notifier", "upkeep")
    }
    assert {service for service, answer in heard.items() if "rung" in answer} == {"grader"}


def _connect(stack: Stack, service: str, address: str, port: int) -> str:
    container = stack.containers(service)[0]["Name"]
    user = str(JUDGE_USER) if service == "judge" else ""
    return stack.execute(container, "python", "-c", CONNECT, address, str(port), user=user)


def _addresses(stack: Stack, service: str) -> list[str]:
    networks = [one["NetworkSettings"]["Networks"] for one in stack.inspect(service)]
    return [network["IPAddress"] for one in networks for network in one.values()]


def _host_addresses(stack: Stack) -> list[str]:
    """Where the host is seen from: its side of every network of the stack."""
    found = set()
    for row in stack.containers():
        for one in stack.inspect(row["Service"]):
            for network in one["NetworkSettings"]["Networks"].values():
                found.add(network["Gateway"])
    return sorted(found - {""})
