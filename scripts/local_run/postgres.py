"""The PostgreSQL cluster of a stack: where it lies, who runs it, how it is made and started."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from scripts.local_run.faults import Fault
from scripts.local_run.needs import postgres_binaries
from scripts.local_run.places import Place
from scripts.local_run.say import step

USER = "postgres"
DATABASE = "codeplace"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_min_duration_statement": "1000",
    "log_line_prefix": "",
}


def binaries() -> Path:
    found = postgres_binaries()
    if found is None:
        raise Fault("PostgreSQL's server is not there.", "apt-get install postgresql")
    return found


def server_user() -> str | None:
    """Return who must run the server when we are root, which PostgreSQL refuses; else None."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(USER).pw_name
    except KeyError:
        raise Fault(
            f"There is no user {USER!r} to run PostgreSQL, which refuses to run as root.",
            "apt-get install postgresql makes it; or make run as an ordinary user.",
        ) from None


def prepare(place: Place, password: str) -> None:
    """Make the cluster unless it is there."""
    place.data.mkdir(parents=True, exist_ok=True)
    _choose_folder(place)
    folder = home(place)
    if (folder / "PG_VERSION").exists():
        _check_version(folder)
        return
    with step("Making the PostgreSQL cluster"):
        _make(folder, password)


def home(place: Place) -> Path:
    """Return the cluster's folder, which may lie elsewhere than where the data folder says."""
    return place.postgres.resolve()


def _choose_folder(place: Place) -> None:
    """Lead elsewhere where the server's user could not walk to the data folder.

    Below a private folder such as /root the cluster lies in /var/lib, and the data folder points
    there with a link; no permission of the private folder is changed.
    """
    user = server_user()
    exists = place.postgres.exists() or place.postgres.is_symlink()
    if user is None or exists or _can_reach(place.data, user):
        return
    elsewhere = Path("/var/lib") / f"codeplace-{place.mark}"
    elsewhere.mkdir(mode=0o755, exist_ok=True)
    place.postgres.symlink_to(elsewhere / "postgres")


def _can_reach(folder: Path, user: str) -> bool:
    argv = ["/usr/bin/test", "-x", str(folder)]
    asked = subprocess.run(argv, user=user, group=_group(user), extra_groups=[], check=False)
    return asked.returncode == 0


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _make(folder: Path, password: str) -> None:
    user = server_user()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with tempfile.NamedTemporaryFile("w", prefix="codeplace-") as secret:
        secret.write(password)
        secret.flush()
        if user:
            shutil.chown(folder, user)
            shutil.chown(secret.name, user)
        argv = [str(binaries() / "initdb"), "-D", str(folder), "-U", USER, "--pwfile", secret.name]
        argv += ["--auth", "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8"]
        done = subprocess.run(
            argv,
            user=user,
            group=_group(user) if user else None,
            extra_groups=[] if user else None,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise Fault(f"initdb failed:\n{done.stdout}{done.stderr}", "See the lines above.")


def _check_version(folder: Path) -> None:
    """A newer server does not read an older cluster: say so before it refuses to start."""
    made_by, installed = (folder / "PG_VERSION").read_text().strip(), binaries().parent.name
    if made_by != installed:
        raise Fault(
            f"The data was written by PostgreSQL {made_by}; this machine now has {installed}.",
            f"apt-get install postgresql-{made_by}, or start afresh with make reset.",
        )


def command(place: Place) -> list[str]:
    """Return the server's command line; the supervisor keeps it in the foreground."""
    settings = {**SETTINGS, "port": str(place.ports.postgres)}
    argv = [str(binaries() / "postgres"), "-D", str(home(place))]
    for name, value in settings.items():
        argv += ["-c", f"{name}={value}"]
    return argv


def url(place: Place, role: str, password: str, database: str = DATABASE) -> str:
    return f"postgresql://{role}:{password}@127.0.0.1:{place.ports.postgres}/{database}"


def ensure_database(place: Place, password: str) -> None:
    """Create our database when the server does not have it."""
    environ = {**os.environ, "PGPASSWORD": password}
    psql = [str(binaries() / "psql"), "-qtAX", "-h", "127.0.0.1", "-p", str(place.ports.postgres)]
    psql += ["-U", USER, "-d", "postgres", "-c"]

    def ask(statement: str) -> str:
        done = subprocess.run(
            [*psql, statement], env=environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Fault(f"PostgreSQL said: {done.stderr.strip()}", "make logs, and make reset.")
        return done.stdout.strip()

    # The name is a constant of this module, not anybody's input.
    if not ask(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):  # noqa: S608
        ask(f"CREATE DATABASE {DATABASE}")


def forget(place: Place) -> None:
    """Remove the cluster wherever it lies."""
    folder = home(place)
    shutil.rmtree(folder, ignore_errors=True)
    if place.postgres.is_symlink():
        place.postgres.unlink()
        folder.parent.rmdir()
