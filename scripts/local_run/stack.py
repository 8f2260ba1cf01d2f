"""Bringing a stack up and down: the story of `make run` on one screen."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from scripts.local_run import build, environment, needs, orphans, postgres, secret_values
from scripts.local_run.faults import Fault
from scripts.local_run.gateway import write_nginx_configuration
from scripts.local_run.places import Place
from scripts.local_run.programs import (
    INFRASTRUCTURE,
    all_programs,
    api_environment,
    migrate_environment,
)
from scripts.local_run.ready import wait_for_all, wait_for_infrastructure
from scripts.local_run.say import run_quietly, say, step
from scripts.local_run.supervisor import Supervisor


def prepare(place: Place) -> None:
    """Install and build whatever is missing; quick when nothing is."""
    needs.check_room(place)
    needs.install_missing(place)
    environment.prepare(place)
    build.sandbox(place)
    build.frontend(place)


def bring_up(place: Place, environ: Mapping[str, str]) -> None:
    """Start every program in order and return when all of them work."""
    with _one_at_a_time(place):
        orphans.end(place.mark)
        needs.check_ports(place)
        secrets = secret_values.load(place)
        _make_certificates(place)
        postgres.prepare(place, secrets["POSTGRES_PASSWORD"])
        place.run.mkdir(parents=True, exist_ok=True)
        write_nginx_configuration(place)
        programs = all_programs(place, secrets, environ)
        supervisor = Supervisor(place)
        with step("Starting PostgreSQL and Redis"):
            supervisor.start(programs)
            for name in INFRASTRUCTURE:
                supervisor.start_program(name)
            wait_for_infrastructure(place, supervisor, secrets)
        _fill_database(place, secrets, environ)
        with step("Starting the services"):
            for program in programs:
                if program.name not in INFRASTRUCTURE:
                    supervisor.start_program(program.name)
            wait_for_all(place, supervisor, programs)


def _make_certificates(place: Place) -> None:
    run_quietly(
        [place.python, "-m", "scripts.local_run.certificates", place.tls],
        cwd=place.root,
        log=place.logs / "certificates.log",
        remedy=f"Remove {place.tls} and try again: both certificates are made anew.",
    )


def _fill_database(place: Place, secrets: dict[str, str], environ: Mapping[str, str]) -> None:
    """Migrate, seed and make the accounts; nothing when all of it was done by the same sources."""
    stamp, wanted = place.run / "filled", _sources(place)
    if stamp.exists() and stamp.read_text() == wanted and place.accounts.exists():
        return
    postgres.ensure_database(place, secrets["POSTGRES_PASSWORD"])
    accounts = ["accounts", "--write", str(place.accounts), "--base-url", place.base_url]
    accounts += ["--ca-file", str(place.tls / "ca.crt")]
    api = api_environment(place, secrets, environ)
    with step("Bringing the database to the newest schema"):
        _run_module(place, "migrate", ["database", "migrate"], migrate_environment(place, secrets))
    with step("Filling in the problems and accounts that are missing"):
        _run_module(place, "seed", ["api", "seed"], api)
        _run_module(place, "accounts", ["api", *accounts], api)
    stamp.write_text(wanted)


def _sources(place: Place) -> str:
    """Return a fingerprint of what the database is filled from."""
    folders = (place.root / "services/api/api", place.root / "services/database/database")
    hashes = [build.hash_of(build.inputs(folder), folder) for folder in folders]
    return f"{' '.join(hashes)} {place.base_url}\n"


def _run_module(place: Place, name: str, argv: list[str], environ: Mapping[str, str]) -> None:
    run_quietly(
        [place.python, "-m", *argv],
        cwd=place.root,
        environ={**os.environ, **environ},
        log=place.logs / f"{name}.log",
        remedy="The data is untouched. `make reset` starts afresh if it is not worth keeping.",
    )


def take_down(place: Place) -> bool:
    """Stop everything in order; tell whether there was anything to stop."""
    supervisor = Supervisor(place)
    if not supervisor.is_running():
        return False
    with step("Stopping, last started first"):
        supervisor.stop()
    return True


@contextmanager
def _one_at_a_time(place: Place) -> Iterator[None]:
    """Keep two starts of the same stack from running into each other."""
    place.run.mkdir(parents=True, exist_ok=True)
    with (place.run / "starting.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Fault("Another make run is just starting this stack.", "Wait for it.") from None
        yield


def run_for_people(place: Place, environ: Mapping[str, str], *argv: str) -> int:
    """Run one of the api's commands with the stack's settings, its words on the screen."""
    secrets = secret_values.load(place)
    environment_of_command = {**os.environ, **api_environment(place, secrets, environ)}
    command = [str(place.python), "-m", "api", *argv]
    return subprocess.run(
        command, cwd=place.root, env=environment_of_command, check=False
    ).returncode


def announce(place: Place) -> None:
    """Say where the site is and how to get in."""
    say()
    say(f"  CodePlace is ready:  {place.base_url}")
    say(f"  (http://localhost:{place.ports.http} leads there)")
    say(f"  its certificate is signed by  {place.tls / 'ca.crt'}  (import it, or accept it once)")
    say(f"  mails it would send:  http://127.0.0.1:{place.ports.mail}")
