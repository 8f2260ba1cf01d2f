"""Waiting until a stack works: each program by itself, then the road as a browser takes it."""

from __future__ import annotations

import json
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from typing import Any

from scripts.local_run import postgres, redis_server
from scripts.local_run.faults import Fault
from scripts.local_run.places import Place
from scripts.local_run.programs import Program
from scripts.local_run.say import tail
from scripts.local_run.supervisor import Supervisor

PATIENCE_S = 120
ASK_EVERY_S = 0.1
BROKEN = {"FATAL", "EXITED", "UNKNOWN"}


def get(url: str, context: ssl.SSLContext | None = None) -> tuple[int, bytes]:
    """Return status and body; a refused connection is status 0."""
    try:
        with urllib.request.urlopen(url, timeout=3, context=context) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except (OSError, urllib.error.URLError, ValueError) as error:
        return 0, str(error).encode()


class Waiter:
    """Asks until something is so, and explains what it saw last when it never becomes so."""

    def __init__(self, place: Place, supervisor: Supervisor) -> None:
        self._place = place
        self._supervisor = supervisor
        self._deadline = time.monotonic() + PATIENCE_S

    def until(self, what: str, program: str, is_so: Callable[[], bool]) -> None:
        tries_ended = 0
        while not is_so():
            state = self._supervisor.states().get(program, "UNKNOWN")
            # Falling over at once, twice, is no slow start: nobody wants to wait two minutes.
            tries_ended += state == "BACKOFF"
            hopeless = state in BROKEN or tries_ended > 2 / ASK_EVERY_S
            if hopeless or time.monotonic() > self._deadline:
                log = self._place.logs / f"{program}.log"
                raise Fault(
                    f"{program} is not ready ({what}; its process is {state}). Last words:\n"
                    f"{tail(log)}",
                    f"The whole log is {log}.",
                )
            time.sleep(ASK_EVERY_S)


def wait_for_infrastructure(place: Place, supervisor: Supervisor, secrets: dict[str, str]) -> None:
    waiter = Waiter(place, supervisor)
    waiter.until("takes connections", "postgres", lambda: _postgres_answers(place))
    waiter.until("answers", "redis", lambda: redis_server.answers(place, secrets["REDIS_PASSWORD"]))


def _postgres_answers(place: Place) -> bool:
    argv = [str(postgres.binaries() / "pg_isready"), "-q", "-h", "127.0.0.1"]
    argv += ["-p", str(place.ports.postgres)]
    return subprocess.run(argv, check=False).returncode == 0


def wait_for_all(place: Place, supervisor: Supervisor, programs: list[Program]) -> None:
    waiter = Waiter(place, supervisor)
    for program in programs:
        if program.ready:
            waiter.until(program.ready, program.name, partial(_is_ready, program.ready))
    context = ssl.create_default_context(cafile=str(place.tls / "ca.crt"))
    page, languages = f"{place.base_url}/", f"{place.base_url}/api/v1/languages"
    waiter.until(page, "nginx", lambda: get(page, context)[0] == 200)  # noqa: PLR2004
    # The graders learn the languages from the judges and write them down for the page.
    waiter.until(
        "a language to submit in", "grader", lambda: _offers_a_language(*get(languages, context))
    )


def _is_ready(url: str) -> bool:
    status, body = get(url)
    if status == 200 and url.endswith("/v1/health"):  # noqa: PLR2004
        # The judge answers 200 while it still tests itself, and says so.
        return bool(json.loads(body).get("ready"))
    return status == 200  # noqa: PLR2004


def _offers_a_language(status: int, body: bytes) -> bool:
    if status != 200:  # noqa: PLR2004
        return False
    answer: Any = json.loads(body)
    items = answer["items"] if isinstance(answer, dict) else answer
    return any(item.get("available", True) for item in items)
