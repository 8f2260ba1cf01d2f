"""A throw-away PostgreSQL for tests: started once for a test run, a fresh database for each ask.

Uses the server that the machine has (Debian's `postgresql`), as another user when run by root,
since PostgreSQL refuses root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg2

from database.migrate import migrate
from database.roles import SERVICES, role_name
from database.settings import Settings

PASSWORD = "test"  # noqa: S105 - of a server that lives for one test run on loopback


@dataclass
class Cluster:
    """A running server. `fresh()` gives an empty migrated database in about 50 ms."""

    port: int
    _numbers: count[int] = field(default_factory=count)
    _has_template: bool = False

    def admin_url(self, name: str = "postgres") -> str:
        """Return the address of a database for the superuser."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def fresh(self) -> TestDatabase:
        """Make a new database with the newest schema, all roles and grants."""
        if not self._has_template:
            self._execute("CREATE DATABASE template_codeplace")
            migrate(
                Settings(
                    admin_url=self.admin_url("template_codeplace"),
                    role_passwords=dict.fromkeys(SERVICES, PASSWORD),
                )
            )
            self._has_template = True
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE template_codeplace")
        return TestDatabase(self, name)

    def _execute(self, statement: str) -> None:
        connection = psycopg2.connect(self.admin_url())
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()


@dataclass(frozen=True)
class TestDatabase:
    """One migrated database."""

    __test__ = False

    cluster: Cluster
    name: str

    @property
    def admin_url(self) -> str:
        """The superuser's address, for arranging and looking."""
        return self.cluster.admin_url(self.name)

    def url(self, service: str) -> str:
        """Return the address with the rights of one service."""
        return (
            f"postgresql://{role_name(service)}:{PASSWORD}"
            f"@127.0.0.1:{self.cluster.port}/{self.name}"
        )


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a server in a temporary folder and stop it at the end."""
    binaries = _server_binaries()
    folder = Path(tempfile.mkdtemp(prefix="codeplace-postgres-"))
    data, user = folder / "data", _server_user()
    if user:
        shutil.chown(folder, user)
    port = _free_port()
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    _run([*initdb, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"], user)
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    )
    control = [str(binaries / "pg_ctl"), "-D", str(data)]
    _run([*control, "-o", options, "-l", str(folder / "log"), "-w", "start"], user)
    try:
        yield Cluster(port)
    finally:
        _run([*control, "-m", "immediate", "-w", "stop"], user)
        shutil.rmtree(folder, ignore_errors=True)


def _server_binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not found:
        msg = "PostgreSQL's server is not installed: apt-get install postgresql."
        raise RuntimeError(msg)
    return found[-1].parent


def _server_user() -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _run(argv: list[str], user: str | None) -> None:
    # No inherited descriptors: the server would hold the pipe of a captured test run open.
    done = subprocess.run(  # noqa: S603 - fixed argv
        argv,
        user=user,
        cwd="/",
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        msg = f"{' '.join(argv)} failed with {done.returncode}."
        raise RuntimeError(msg)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
