"""The layers of tests in the order in which they run: the quick and plain ones first."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.lint.checks import run_all as run_checks
from scripts.local_run.needs import Need, command
from scripts.local_run.places import Place
from scripts.local_run.say import say
from scripts.test.outcome import Outcome, from_junit, from_vitest

SPECIAL = ("database", "redis", "sandbox", "stack", "e2e", "containers", "cgroup2")
"""The markers of tests that need more than Python."""


@dataclass(frozen=True)
class Layer:
    """A part of the tests.

    `packages` are installed where that is possible; `obstacle` then says why the layer cannot run
    on this machine at all, or nothing.
    """

    name: str
    what: str
    run: Callable[[Place], Outcome]
    packages: tuple[Need, ...] = ()
    obstacle: Callable[[], str] = lambda: ""
    needs_stack: bool = False


def _pytest(*argv: str) -> Callable[[Place], Outcome]:
    def run(place: Place) -> Outcome:
        outcome = _one_pytest(place, *argv)
        if not (outcome.passed or outcome.failed or outcome.skipped):
            return Outcome(failed=1)  # a layer that holds no test tests nothing
        return outcome

    return run


def _pytest_each_service(*argv: str) -> Callable[[Place], Outcome]:
    """Give each service a process of its own: they are deployed so, and share no registry."""

    def run(place: Place) -> Outcome:
        outcome = Outcome()
        for folder in sorted(place.root.glob("services/*/tests")):
            if any(folder.rglob("test_*.py")):
                say(f"· {folder.parent.name}")
                outcome.add(_one_pytest(place, str(folder), *argv))
        return outcome

    return run


def _both(*runs: Callable[[Place], Outcome]) -> Callable[[Place], Outcome]:
    def run(place: Place) -> Outcome:
        outcome = Outcome()
        for each in runs:
            outcome.add(each(place))
        return outcome

    return run


def _one_pytest(place: Place, *argv: str) -> Outcome:
    report = place.shared / "cache" / "junit.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    words = [str(place.python), "-m", "pytest", "-q", f"--junitxml={report}", *argv]
    done = subprocess.run(words, cwd=place.root, env=_environment(place), check=False)
    return from_junit(report, done.returncode)


def _environment(place: Place) -> dict[str, str]:
    path = f"{place.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, "PATH": path}


def _lint(place: Place) -> Outcome:
    outcome = run_checks(place)
    return Outcome(passed=outcome.passed, failed=outcome.failed)


def _verify_pages(place: Place) -> Outcome:
    argv = [str(place.venv / "bin/npm"), "run", "--silent", "verify"]
    done = subprocess.Popen(
        argv,
        cwd=place.frontend,
        env=_environment(place),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    words = []
    for line in done.stdout or ():
        print(line, end="", flush=True)
        words.append(line)
    return from_vitest("".join(words), done.wait())


def _root_is_missing() -> str:
    return "" if os.geteuid() == 0 else "only root can start an engine; run it with sudo"


def _has_files(*names: str) -> Callable[[], object]:
    return lambda: all(Path(name).exists() for name in names)


def _has(name: str) -> Callable[[], object]:
    return lambda: command(name)


CHROMIUM = Need("chromium", _has("chromium"))
CONTAINERS = (
    Need("docker.io", _has("dockerd")),
    Need("mmdebstrap", _has("mmdebstrap")),
    Need("iptables", _has("iptables")),
    Need("debian-archive-keyring", _has_files("/usr/share/keyrings/debian-archive-keyring.gpg")),
)
EMULATOR = (
    Need("qemu-system-x86", _has("qemu-system-x86_64")),
    Need("mmdebstrap", _has("mmdebstrap")),
)

NOT_SPECIAL = " and ".join(f"not {marker}" for marker in SPECIAL)

LAYERS = (
    Layer("lint", "what reads the sources without running them", _lint),
    Layer(
        "unit",
        "services and contracts alone, nothing started",
        _both(_pytest_each_service("-m", NOT_SPECIAL), _pytest("tests/scripts")),
    ),
    Layer(
        "architecture",
        "who imports what, who writes what, who reads which queue",
        _pytest("tests/architecture"),
    ),
    Layer(
        "data",
        "queries and locks on a real PostgreSQL and a real Redis",
        _pytest_each_service("-m", "(database or redis) and not sandbox"),
    ),
    Layer("frontend", "the pages: types, rules, components, build", _verify_pages),
    Layer(
        "sandbox",
        "programs in the real sandbox of this machine",
        _pytest_each_service("-m", "sandbox"),
    ),
    Layer(
        "stack",
        "all of CodePlace on other ports: verdicts, bad input, killed processes",
        _pytest("tests/stack", "-p", "no:randomly", "--timeout=900"),
        needs_stack=True,
    ),
    Layer(
        "e2e",
        "a real browser walks the road",
        _pytest("tests/e2e", "-p", "no:randomly", "--timeout=600"),
        packages=(CHROMIUM,),
        needs_stack=True,
    ),
    Layer(
        "containers",
        "the images are built and docker compose is brought up",
        _pytest("tests/containers", "-m", "containers", "-p", "no:randomly", "--timeout=2400"),
        packages=CONTAINERS,
        obstacle=_root_is_missing,
    ),
    Layer(
        "cgroup2",
        "the sandbox under a Debian 13 kernel with control groups v2 only",
        _pytest_each_service("-m", "cgroup2", "-p", "no:randomly", "--timeout=2400"),
        packages=EMULATOR,
        obstacle=_root_is_missing,
    ),
)


def chosen(names: list[str]) -> list[Layer]:
    known = {layer.name: layer for layer in LAYERS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"No layer {', '.join(unknown)}; there are {', '.join(known)}.")
    return [layer for layer in LAYERS if not names or layer.name in names]
