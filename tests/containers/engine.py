"""A container engine for the tests: installed if missing, started if none answers, stopped again.

An engine that is already there is used and left running. One that we start keeps its images under
`.local/cache`, so the second run builds nothing twice, and leaves the firewall as it found it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .clients import docker_client, provide_compose
from .firewall import Firewall
from .machine import CACHE, REPOSITORY, UnfitMachineError, install, run

log = logging.getLogger("containers")

START_SECONDS = 90
STOP_SECONDS = 60


class Engine:
    """One container engine and the clients that talk to it."""

    def __init__(self) -> None:
        # Sockets have short paths (108 bytes), checkouts may not.
        mark = hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:8]
        self.runtime = Path(f"/run/codeplace-engine-{mark}")
        self.data = CACHE / "engine"
        self.clients = CACHE / "clients"
        self.firewall = Firewall(self.runtime / "firewall")
        self._host: str | None = None

    @property
    def pid_file(self) -> Path:
        return self.runtime / "dockerd.pid"

    @property
    def log_file(self) -> Path:
        return self.runtime / "dockerd.log"

    @property
    def env(self) -> dict[str, str]:
        """What a client needs in its environment to reach this engine, and BuildKit in it."""
        client = {"DOCKER_CONFIG": str(self.clients), "DOCKER_BUILDKIT": "1"}
        return {**client, "DOCKER_HOST": self._host} if self._host else client

    def docker(self, *words: str | Path, timeout: float = 900, stdin: str | None = None) -> str:
        return run([docker_client(), *words], env=self.env, timeout=timeout, stdin=stdin)

    def start(self) -> None:
        """Make sure that an engine answers and that `docker compose` is version 2."""
        ours = f"unix://{self.runtime}/docker.sock"
        if _answers(None) is None and _answers(ours) is None:
            install("docker.io", "iptables")
            # On a machine with systemd the package has started one by now.
            if _answers(None) is None:
                self._start(ours)
        if _answers(None) is None:
            self._host = ours
        version = _answers(self._host)
        log.info("engine %s answers at %s", version, self._host or "the usual address")
        provide_compose(self.clients, self.env)

    def stop(self) -> None:
        """Stop the engine if it is ours, and undo what it did to the network."""
        pid = _read_pid(self.pid_file)
        if pid is None:
            return
        log.info("stopping the engine (process %d)", pid)
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while _read_pid(self.pid_file) is not None:
            if time.monotonic() > deadline:
                raise UnfitMachineError(f"the engine (process {pid}) does not stop")
            time.sleep(0.2)
        subprocess.run(["ip", "link", "delete", "docker0"], capture_output=True, check=False)
        self.firewall.restore()
        shutil.rmtree(self.runtime)

    def _start(self, host: str) -> None:
        self.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.data.mkdir(parents=True, exist_ok=True)
        self.firewall.remember()
        log.info("starting an engine of our own, data in %s", self.data)
        command = ["dockerd", "--host", host, "--pidfile", self.pid_file]
        command += ["--data-root", self.data, "--exec-root", self.runtime / "exec"]
        with self.log_file.open("w") as sink:
            process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while _answers(host) is None:
            if process.poll() is not None or time.monotonic() > deadline:
                said = "\n".join(self.log_file.read_text().splitlines()[-15:])
                raise UnfitMachineError(f"the container engine does not start. It said:\n{said}")
            time.sleep(0.2)


def _answers(host: str | None) -> str | None:
    """The version of the engine at that address, None when nothing answers."""
    if not Path(docker_client()).exists():
        return None
    answer = subprocess.run(
        [
            docker_client(),
            *(["--host", host] if host else []),
            "version",
            "-f",
            "{{.Server.Version}}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() if answer.returncode == 0 else None


def _read_pid(path: Path) -> int | None:
    """The process named in the file, if it is still there and still an engine."""
    try:
        pid = int(path.read_text())
        command = Path(f"/proc/{pid}/comm").read_text().strip()
    except (OSError, ValueError):
        return None
    return pid if command == "dockerd" else None
