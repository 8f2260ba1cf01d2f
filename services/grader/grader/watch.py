"""Keeps the directory of judges true: resolves names, asks for health and languages.

One thread for each grader. It is also the one that writes the languages down when the judges that
answer have changed, so that a fresh site knows them as soon as its first judge is up.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

import msgspec
import requests

from grader.judges import Judge, JudgeDirectory
from grader.logs import logger
from grader.wire import Wire

INTERVAL_S = 2.0
"""A judge that comes back is used after at most so long."""
FAST_INTERVAL_S = 0.25
"""As long as no judge answers, somebody is waiting for one."""


def resolve(urls: Iterable[str]) -> list[str]:
    """Return one address for each judge: a name may stand for several of them."""
    found: set[str] = set()
    for url in urls:
        parts = urlsplit(url)
        port = parts.port or 80
        try:
            answers = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except OSError as error:
            logger().warning("judge_name_unknown", judge=url, reason=str(error))
            continue
        for family, _, _, _, address in answers:
            host = f"[{address[0]}]" if family is socket.AF_INET6 else address[0]
            found.add(f"{parts.scheme}://{host}:{port}")
    return sorted(found)


class JudgeWatch:
    """Looks at all judges every few seconds."""

    def __init__(
        self,
        urls: tuple[str, ...],
        directory: JudgeDirectory,
        wire: Wire,
        on_change: Callable[[], None],
        *,
        resolver: Callable[[Iterable[str]], list[str]] = resolve,
    ) -> None:
        self._urls = urls
        self._directory = directory
        self._wire = wire
        self._on_change = on_change
        self._resolver = resolver
        self._stopped = threading.Event()
        self._told: set[tuple[str, frozenset[str]]] | None = None

    def start(self) -> None:
        """Watch in a thread until `stop`."""
        threading.Thread(target=self._run, daemon=True, name="judge-watch").start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()

    def look(self) -> None:
        """Ask every judge once."""
        addresses = self._resolver(self._urls)
        for judge in self._directory.keep_only(addresses):
            self._ask(judge)
        ready = {(judge.url, frozenset(judge.languages)) for judge in self._directory.ready()}
        if ready and ready != self._told:
            self._on_change()
            self._told = ready

    def _ask(self, judge: Judge) -> None:
        was_ready = judge.ready
        try:
            health = self._wire.health(judge.url)
            known = judge.languages
            if health.ready and not (was_ready and known):
                known = {language.id: language for language in self._wire.languages(judge.url)}
            self._directory.welcome(judge, health, known)
        except (requests.RequestException, msgspec.DecodeError, OSError) as error:
            self._directory.dismiss(judge, str(error))
        if judge.ready != was_ready:
            logger().info("judge_changed", judge=judge.url, ready=judge.ready, fault=judge.fault)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.look()
            except Exception:  # noqa: BLE001 - the only watcher must outlive a database's restart
                logger().exception("judge_watch_failed")
            pause = INTERVAL_S if self._directory.ready() else FAST_INTERVAL_S
            self._stopped.wait(pause)
