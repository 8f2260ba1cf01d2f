"""The commands behind the Makefile: run, start, stop, status, reset, mail, logs and the rest."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from scripts.local_run import build, needs, postgres, secret_values, stack
from scripts.local_run.faults import Fault
from scripts.local_run.logs import follow
from scripts.local_run.places import Place
from scripts.local_run.programs import all_programs
from scripts.local_run.say import complain, say, step
from scripts.local_run.supervisor import Supervisor


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make", description=__doc__)
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("rest", nargs="*")
    arguments = parser.parse_args(argv)
    try:
        place = Place.from_environment(os.environ)
        return COMMANDS[arguments.command](place, arguments.rest)
    except Fault as fault:
        complain(f"\n✗ {fault}\n→ {fault.remedy}")
        return 1
    except KeyboardInterrupt:
        return 130


def run(place: Place, _: list[str]) -> int:
    """Bring the stack up, show its logs, and take it down at Ctrl-C."""
    if os.environ.get("DETACH") == "1":
        return start(place, [])
    stop_asked = _StopAsked()
    if Supervisor(place).is_running():
        say("CodePlace is running already; these are its logs. Ctrl-C stops it.")
        _show_accounts(place)
    else:
        try:
            _start(place)
        except (Fault, KeyboardInterrupt):
            stack.take_down(place)
            raise
        say("  Ctrl-C stops it; make help tells what else there is.\n")
    try:
        supervisor = Supervisor(place)
        follow(place, _names(place), lambda: not stop_asked.yes and supervisor.is_running())
    except KeyboardInterrupt:
        say()
    if not stack.take_down(place) and not stop_asked.yes:
        say("The stack was stopped from elsewhere.")
    return 0


class _StopAsked:
    """Makes Ctrl-C, SIGTERM and a closed terminal the same orderly end, however often they come.

    Ctrl-C is set as well: a shell that starts us in the background has it ignored.
    """

    def __init__(self) -> None:
        self.yes = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._hear)

    def _hear(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.yes:
            return
        self.yes = True
        raise KeyboardInterrupt


def start(place: Place, _: list[str]) -> int:
    """Bring the stack up and leave it running."""
    if Supervisor(place).is_running():
        say("CodePlace is running already.")
        _show_accounts(place)
        return 0
    try:
        _start(place)
    except (Fault, KeyboardInterrupt):
        stack.take_down(place)
        raise
    say("  make stop ends it; make logs shows what it says.")
    return 0


def _start(place: Place) -> None:
    begin = time.monotonic()
    stack.prepare(place)
    stack.bring_up(place, os.environ)
    stack.announce(place)
    _show_accounts(place)
    say(f"  started in {time.monotonic() - begin:.0f} s")


def stop(place: Place, _: list[str]) -> int:
    say("Stopped." if stack.take_down(place) else "CodePlace is not running.")
    return 0


def status(place: Place, _: list[str]) -> int:
    """Say of each program whether it runs; 0 only when all do."""
    supervisor = Supervisor(place)
    if not supervisor.is_running():
        say("CodePlace is not running.")
        return 3
    processes = supervisor.processes()
    for process in processes:
        say(f"{process['name']:<12} {process['statename']:<10} {process['description']}")
    return 0 if all(process["statename"] == "RUNNING" for process in processes) else 1


def reset(place: Place, _: list[str]) -> int:
    """Forget all data of this stack, after asking; the environment and caches stay."""
    if os.environ.get("FORCE") != "1":
        question = f"Delete every account, problem and submission in {place.data}? [y/N] "
        if not sys.stdin.isatty() or input(question).strip().lower() not in {"y", "yes"}:
            raise Fault("Nothing was deleted.", "Answer y, or: make reset FORCE=1")
    stack.take_down(place)
    with step(f"Deleting the data in {place.data}"):
        postgres.forget(place)
        for folder in ("redis", "mail", "logs", "run", "tls", "judge-cache"):
            shutil.rmtree(place.data / folder, ignore_errors=True)
        place.accounts.unlink(missing_ok=True)
        place.secrets.unlink(missing_ok=True)
    return 0


def rebuild(place: Place, _: list[str]) -> int:
    build.forget(place)
    stack.prepare(place)
    return 0


def setup(place: Place, _: list[str]) -> int:
    """Install and build everything without starting anything."""
    stack.prepare(place)
    return 0


def mail(place: Place, _: list[str]) -> int:
    """Print the newest mail."""
    code = (
        "import sys, pathlib; from scripts.mail_sink.messages import newest_first\n"
        "mails = newest_first(pathlib.Path(sys.argv[1]))\n"
        "m = mails[0] if mails else sys.exit('No mail was sent yet.')\n"
        "print(f'From: {m.sender}\\nTo: {m.to}\\nSubject: {m.subject}\\n\\n{m.text}')"
    )
    argv = [sys.executable, "-c", code, str(place.mail)]
    return subprocess.run(argv, cwd=place.root, check=False).returncode


def logs(place: Place, names: list[str]) -> int:
    supervisor = Supervisor(place)
    follow(place, names or _names(place), supervisor.is_running)
    return 0


def languages(place: Place, _: list[str]) -> int:
    """Install the languages that the machine can have; the judge offers them at its next start."""
    needs.install(place, list(needs.LANGUAGE_PACKAGES))
    supervisor = Supervisor(place)
    if supervisor.is_running():
        with step("Starting the judge anew, which tests every language it finds"):
            supervisor.restart_program("judge")
            supervisor.restart_program("grader")
    return 0


def doctor(place: Place, _: list[str]) -> int:
    """Ask the judge whether this machine is fit, and what to do if not."""
    stack.prepare(place)
    secrets = secret_values.load(place)
    judge = next(p for p in all_programs(place, secrets, os.environ) if p.name == "judge")
    argv = [str(place.python), "-m", "judge", "doctor"]
    environ = {**os.environ, **judge.environment}
    return subprocess.run(argv, cwd=place.root, env=environ, check=False).returncode


def demo(place: Place, _: list[str]) -> int:
    if not place.accounts.exists():
        raise Fault("There are no accounts yet.", "make run makes them.")
    stack.announce(place)
    _show_accounts(place)
    return 0


def _show_accounts(place: Place) -> None:
    if not place.accounts.exists():
        return
    known = json.loads(place.accounts.read_text())["accounts"]
    say("  accounts (with tokens in " + str(place.accounts) + "):")
    for name, account in known.items():
        say(f"    {name:<8} {account['login']:<12} {account['password']}")


def api(place: Place, rest: list[str]) -> int:
    return stack.run_for_people(place, os.environ, *rest)


def _names(place: Place) -> list[str]:
    secrets = secret_values.load(place)
    return [program.name for program in all_programs(place, secrets, os.environ)]


COMMANDS: dict[str, Callable[[Place, list[str]], int]] = {
    "api": api,
    "demo": demo,
    "doctor": doctor,
    "languages": languages,
    "logs": logs,
    "mail": mail,
    "rebuild": rebuild,
    "reset": reset,
    "run": run,
    "setup": setup,
    "start": start,
    "status": status,
    "stop": stop,
}
