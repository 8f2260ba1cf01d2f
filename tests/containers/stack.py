"""The compose project of the test: the production file, with this machine's names and ports."""

from __future__ import annotations

import json
import logging
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .base_images import STANDINS
from .engine import Engine
from .machine import CACHE, REPOSITORY, UnfitMachineError, run

log = logging.getLogger("containers")

BUILD_SECONDS = 1200
UP_SECONDS = 600
ONE_SHOTS = frozenset({"migrate", "certificates", "seed"})


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Stack:
    """`docker compose` on a project of its own. Nothing of another project is touched."""

    def __init__(self, engine: Engine, name: str = "codeplace-test") -> None:
        self.engine = engine
        self.name = name
        self.folder = CACHE / name
        self.https_port = free_port()
        self.mail_port = free_port()
        self.base_url = f"https://localhost:{self.https_port}"
        self._files: list[Path] = []

    @property
    def settings(self) -> Path:
        return self.folder / "settings.env"

    @property
    def authority(self) -> Path:
        """The certificate authority that signed what the gateway shows."""
        return self.folder / "ca.crt"

    def prepare(self) -> None:
        """Make settings the way `make env` does, then say what is particular to this test."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        run(["python3", REPOSITORY / "scripts/make_env.py", "--output", self.settings])
        lines = self.settings.read_text().splitlines()
        chosen = dict(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")
        chosen |= STANDINS | {
            "CODEPLACE_VERSION": "container-test",
            "PUBLIC_URL": self.base_url,
            "HTTP_PORT": str(free_port()),
            "HTTPS_PORT": str(self.https_port),
            "MAIL_PORT": str(self.mail_port),
        }
        overlays = chosen.pop("COMPOSE_FILE", "docker-compose.yml").split(":")
        self._files = [REPOSITORY / overlay for overlay in overlays]
        self._files.append(Path(__file__).resolve().parent / "compose.machine.yml")
        self.settings.write_text("".join(f"{name}={value}\n" for name, value in chosen.items()))

    def compose(self, *words: str, timeout: float = 300) -> str:
        files = [word for path in self._files for word in ("--file", str(path))]
        return self.engine.docker(
            "compose",
            "--project-name",
            self.name,
            "--project-directory",
            REPOSITORY,
            "--env-file",
            self.settings,
            *files,
            *words,
            timeout=timeout,
        )

    def build(self) -> None:
        log.info("building the images of every service")
        self.compose("build", "--quiet", timeout=BUILD_SECONDS)

    def up(self, *words: str) -> None:
        """Start what is not running, and wait until everything says that it is well."""
        self.compose("up", "--detach", "--no-build", *words, timeout=UP_SECONDS)
        self.wait_until_healthy()

    def wait_until_healthy(self) -> None:
        deadline = time.monotonic() + UP_SECONDS
        while waiting := [name for name, state in self.states().items() if state != "well"]:
            if time.monotonic() > deadline:
                states = ", ".join(f"{name}: {self.states()[name]}" for name in waiting)
                raise UnfitMachineError(f"not well after {UP_SECONDS} s: {states}")
            time.sleep(0.5)

    def states(self) -> dict[str, str]:
        """For each container: well, or what is the matter."""
        return {row["Name"]: _state(row) for row in self.containers()}

    def containers(self, *services: str) -> list[dict[str, Any]]:
        listed = self.compose("ps", "--all", "--format", "json", *services)
        return [json.loads(line) for line in listed.splitlines() if line.startswith("{")]

    def inspect(self, service: str) -> list[dict[str, Any]]:
        """Everything the engine knows about the running containers of one service."""
        names = [row["Name"] for row in self.containers(service)]
        described: list[dict[str, Any]] = json.loads(self.engine.docker("inspect", *names))
        return described

    def configuration(self) -> dict[str, Any]:
        """The compose file as the engine gets it, every variable filled in."""
        merged: dict[str, Any] = json.loads(self.compose("config", "--format", "json"))
        return merged

    def execute(self, container: str, *words: str, user: str = "") -> str:
        options = ["--user", user] if user else []
        return self.engine.docker("exec", *options, container, *words)

    def fetch_authority(self) -> None:
        """Copy the authority out, as a person would to make a browser trust it."""
        gateway = self.containers("gateway")[0]["Name"]
        self.engine.docker("cp", f"{gateway}:/certificates/ca.crt", self.authority)

    def down(self) -> None:
        """Remove the containers, networks and volumes; the images stay as the next run's cache."""
        self.compose("down", "--volumes", "--remove-orphans", "--timeout", "20")

    def write_logs(self, path: Path) -> None:
        """Keep what every container said, for whoever looks into a failure."""
        path.write_text(self.compose("logs", "--no-color", "--timestamps"))


def _state(row: dict[str, Any]) -> str:
    if row["Service"] in ONE_SHOTS:
        return "well" if (row["State"], row["ExitCode"]) == ("exited", 0) else str(row["State"])
    if row["State"] == "running" and row["Health"] == "healthy":
        return "well"
    return f"{row['State']} {row['Health']}".strip()


def wait_for(what: str, condition: Callable[[], bool], seconds: float) -> None:
    """Poll until it is so, or fail naming what did not come about."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"after {seconds:.0f} s still not: {what}")
        time.sleep(0.3)
