"""The supervisor: its configuration, and asking it over its socket; it restarts what dies."""

from __future__ import annotations

import http.client
import os
import shlex
import signal
import socket
import subprocess
import time
import xmlrpc.client
from pathlib import Path
from typing import Any

from scripts.local_run.faults import Fault
from scripts.local_run.orphans import MARK, is_alive
from scripts.local_run.places import Place
from scripts.local_run.programs import GROUPS, Program
from scripts.local_run.say import tail

STARTS_S = 15
KEPT_ENVIRONMENT = ("PATH", "HOME", "USER", "LOGNAME", "TZ", "TMPDIR", "XDG_RUNTIME_DIR")


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(str(self._path))


class _Transport(xmlrpc.client.Transport):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: object) -> _Connection:  # noqa: ARG002 - the base's signature
        return _Connection(self._path)


class Supervisor:
    """A stack's supervisord, whether it runs or not."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._pid_file = place.run / "supervisord.pid"
        self._configuration = place.run / "supervisord.conf"
        self._log = place.logs / "supervisord.log"

    def is_running(self) -> bool:
        try:
            self._ask("getState")
        except (OSError, xmlrpc.client.Error, http.client.HTTPException):
            return False
        return True

    def start(self, programs: list[Program]) -> None:
        """Start supervisord in a session of its own, so that Ctrl-C reaches only the runner."""
        self._place.logs.mkdir(parents=True, exist_ok=True)
        self._write(programs)
        argv = [self._place.venv / "bin/supervisord", "-n", "-c", self._configuration]
        environment = {n: os.environ[n] for n in KEPT_ENVIRONMENT if n in os.environ}
        environment |= {"LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", MARK: self._place.mark}
        started = subprocess.Popen(
            [str(word) for word in argv],
            cwd=self._place.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + STARTS_S
        while not self.is_running():
            if started.poll() is not None or time.monotonic() > deadline:
                raise Fault(f"The supervisor did not start:\n{tail(self._log)}", "See above.")
            time.sleep(0.05)

    def start_program(self, name: str) -> None:
        self._ask("startProcess", self._full(name), False)  # noqa: FBT003 - no keywords there

    def restart_program(self, name: str) -> None:
        if self.states()[name] in {"RUNNING", "STARTING"}:
            self._ask("stopProcess", self._full(name))
        self.start_program(name)

    def _full(self, name: str) -> str:
        group = next(each["group"] for each in self.processes() if each["name"] == name)
        return f"{group}:{name}"

    def processes(self) -> list[dict[str, Any]]:
        """Return what supervisord knows of each program: name, state, pid, start, description."""
        return list(self._ask("getAllProcessInfo"))

    def states(self) -> dict[str, str]:
        return {str(process["name"]): str(process["statename"]) for process in self.processes()}

    def pid(self) -> int | None:
        try:
            return int(self._pid_file.read_text())
        except (OSError, ValueError):
            return None

    def stop(self, wait_s: float = 90) -> None:
        """Stop everything in order, last started first, and wait for the end of it."""
        pid = self.pid()
        if pid is None or not self.is_running():
            return
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + wait_s
        while is_alive(pid):
            if time.monotonic() > deadline:
                raise Fault(
                    f"The supervisor (process {pid}) does not stop.", f"Look at {self._log}."
                )
            time.sleep(0.05)

    def _ask(self, method: str, *arguments: object) -> Any:  # noqa: ANN401 - as the server says
        transport = _Transport(self._place.supervisor_socket)
        with xmlrpc.client.ServerProxy("http://localhost", transport=transport) as server:
            return getattr(server.supervisor, method)(*arguments)

    def _write(self, programs: list[Program]) -> None:
        self._place.run.mkdir(parents=True, exist_ok=True)
        groups = [_group(name, number, programs) for number, name in enumerate(GROUPS)]
        sections = [self._section(program) for program in programs]
        text = "\n".join([self._head(), *groups, *sections])
        # It holds every secret of the stack in the programs' environments.
        descriptor = os.open(self._configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(text)

    def _head(self) -> str:
        user = "user=root\n" if os.geteuid() == 0 else ""
        return (
            f"[unix_http_server]\nfile={self._place.supervisor_socket}\nchmod=0600\n\n"
            f"[supervisord]\n{user}logfile={_escape(self._log)}\nlogfile_maxbytes=5MB\n"
            f"logfile_backups=1\npidfile={_escape(self._pid_file)}\n"
            f"identifier=codeplace-{self._place.mark}\n\n"
            "[rpcinterface:supervisor]\n"
            "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n"
        )

    def _section(self, program: Program) -> str:
        nice = ["nice", "-n", str(program.nice)] if program.nice else []
        command = shlex.join([*nice, *program.command])
        values = {
            "command": _escape(command),
            "directory": _escape("/" if program.user else self._place.root),
            "autostart": "false",
            "autorestart": "true",
            "startsecs": 1,
            # Each try waits a second longer; half an hour of them outlives any passing trouble.
            "startretries": 60,
            "stopsignal": program.stop_signal,
            "stopwaitsecs": program.stop_wait_s,
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": _escape(self._place.logs / f"{program.name}.log"),
            "stdout_logfile_maxbytes": "10MB",
            "stdout_logfile_backups": 1,
        }
        if program.user:
            values["user"] = program.user
        if program.environment:
            pairs = (f'{name}="{_escape(v)}"' for name, v in sorted(program.environment.items()))
            values["environment"] = ",".join(pairs)
        lines = (f"{name}={value}" for name, value in values.items())
        return "\n".join([f"[program:{program.name}]", *lines, ""])


def _group(name: str, number: int, programs: list[Program]) -> str:
    members = ",".join(program.name for program in programs if program.group == name)
    return f"[group:{name}]\nprograms={members}\npriority={number}\n"


def _escape(value: object) -> str:
    """Double the percent signs, which supervisord would expand."""
    return str(value).replace("%", "%%")
