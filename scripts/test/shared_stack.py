"""A second stack on free ports and in a folder of its own, for the layers that need one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from scripts.local_run.faults import Fault
from scripts.local_run.places import Place, Ports


class SharedStack:
    """Started when first asked for; whoever runs inside finds it by its environment."""

    def __init__(self, place: Place, folder: Path) -> None:
        self._place = place
        self._folder = folder
        self._environment: dict[str, str] = {}

    @contextmanager
    def running(self) -> Iterator[None]:
        if not self._environment:
            self._start()
        before = dict(os.environ)
        os.environ.update(self._environment)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)

    def _start(self) -> None:
        # Supervisord's socket and the cluster's user want a short, reachable path.
        self._folder.chmod(0o755)
        names = [field.name for field in fields(Ports)]
        ports = zip(names, free_ports(len(names)), strict=True)
        self._environment = {
            "CODEPLACE_DATA_DIR": str(self._folder / "data"),
            **{f"CODEPLACE_{name.upper()}_PORT": str(port) for name, port in ports},
        }
        if self._command("start"):
            self.stop()
            raise Fault("The stack for the tests did not start.", "The reason stands above.")

    def stop(self) -> None:
        if not self._environment:
            return
        self._command("stop")
        _keep_logs(self._place, self._folder / "data" / "logs")
        self._command("reset")
        self._environment = {}

    def _command(self, word: str) -> int:
        argv = [str(self._place.python), "-m", "scripts.local_run", word]
        environment = {**os.environ, **self._environment, "FORCE": "1"}
        done = subprocess.run(argv, cwd=self._place.root, env=environment, check=False)
        return done.returncode


def free_ports(number: int) -> list[int]:
    """Return ports that nobody uses now, all different."""
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _keep_logs(place: Place, logs: Path) -> None:
    """Leave the stack's logs where a person can read them after the tests."""
    kept = place.shared / "logs" / "test-stack"
    shutil.rmtree(kept, ignore_errors=True)
    if logs.is_dir():
        shutil.copytree(logs, kept)
