"""A running stack as a test sees it: its address, its people, its processes, its database.

Lives in the environment's Python (`requests`, `psycopg2`).
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg2
import redis
import requests

from scripts.local_run import postgres, redis_server, secret_values
from scripts.local_run.places import Place
from scripts.local_run.programs import all_programs
from scripts.local_run.ready import wait_for_all
from scripts.local_run.supervisor import Supervisor

T = TypeVar("T")
JSON = Any
"""What an answer holds; its shape is what the tests are about."""


@dataclass(frozen=True)
class Client:
    """Speaks to the stack over HTTPS through the gateway, as a program with a token does."""

    base_url: str
    ca_file: str
    token: str = ""

    def request(self, method: str, path: str, **options: Any) -> requests.Response:  # noqa: ANN401
        headers = dict(options.pop("headers", {}))
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        url = f"{self.base_url}/api/v1{path}"
        wait_s = options.pop("timeout", 30)
        return requests.request(
            method, url, headers=headers, verify=self.ca_file, timeout=wait_s, **options
        )

    def get(self, path: str, **options: Any) -> requests.Response:  # noqa: ANN401
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> requests.Response:  # noqa: ANN401
        return self.request("POST", path, **options)

    def submit(self, problem: str, language: str, source: str, **fields: str) -> str:
        """Send a program and return its id."""
        body = {"problem": problem, "language": language, "source": source, **fields}
        answer = self.post("/submissions", json=body)
        if answer.status_code != requests.codes.accepted:
            raise AssertionError(f"{answer.status_code}: {answer.text}")
        return str(answer.json()["id"])

    def submission(self, identity: str) -> JSON:
        answer = self.get(f"/submissions/{identity}")
        if answer.status_code != requests.codes.ok:
            raise AssertionError(f"{answer.status_code}: {answer.text}")
        return answer.json()


class RunningStack:
    """Everything a test may want of a stack."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.supervisor = Supervisor(place)
        self._accounts = json.loads(place.accounts.read_text())

    @property
    def base_url(self) -> str:
        return str(self._accounts["base_url"])

    @property
    def ca_file(self) -> str:
        return str(self._accounts["ca_file"])

    @property
    def mail_url(self) -> str:
        return f"http://127.0.0.1:{self.place.ports.mail}"

    def account(self, name: str) -> dict[str, str]:
        """Return login, password and token of admin, setter or student."""
        return dict(self._accounts["accounts"][name])

    def client(self, account: str = "") -> Client:
        """Return a client signed in with the account's token, or a visitor."""
        token = self.account(account)["token"] if account else ""
        return Client(self.base_url, self.ca_file, token)

    def wait_until_ready(self) -> None:
        secrets = secret_values.load(self.place)
        wait_for_all(self.place, self.supervisor, all_programs(self.place, secrets, os.environ))

    def pid_of(self, program: str) -> int:
        for process in self.supervisor.processes():
            if process["name"] == program:
                return int(process["pid"])
        raise LookupError(program)

    def kill(self, program: str) -> None:
        """Kill a program's process as the kernel would: no goodbye."""
        os.kill(self.pid_of(program), signal.SIGKILL)

    def empty_redis(self) -> None:
        """Forget every message and key, as if the server's disk had been lost."""
        secrets = secret_values.load(self.place)
        with redis.Redis.from_url(
            redis_server.url(self.place, secrets["REDIS_PASSWORD"])
        ) as server:
            server.flushall()

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database with the rights of its owner: tests look behind every curtain."""
        secrets = secret_values.load(self.place)
        url = postgres.url(self.place, postgres.USER, secrets["POSTGRES_PASSWORD"])
        connection = psycopg2.connect(url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values)
                return list(cursor.fetchall())
        finally:
            connection.close()


def wait_for(
    what: str, ask: Callable[[], T | None], *, patience_s: float = 60, every_s: float = 0.2
) -> T:
    """Return the first answer that is not None; a refused connection is asked again."""
    deadline = time.monotonic() + patience_s
    last = ""
    while time.monotonic() < deadline:
        try:
            answer = ask()
        except (requests.ConnectionError, requests.Timeout, AssertionError) as error:
            answer, last = None, f" ({error})"
        if answer is not None:
            return answer
        time.sleep(every_s)
    raise AssertionError(f"Waited {patience_s:.0f} s for {what}{last}.")


def wait_for_verdicts(
    client: Client, identities: Iterable[str], *, patience_s: float = 180
) -> dict[str, JSON]:
    """Return every submission once all are finished."""
    finished: dict[str, JSON] = {}
    waiting = list(identities)

    def look() -> bool | None:
        for identity in list(waiting):
            submission = client.submission(identity)
            if submission["state"] == "finished":
                finished[identity] = submission
                waiting.remove(identity)
        return None if waiting else True

    wait_for("all verdicts", look, patience_s=patience_s)
    return finished
