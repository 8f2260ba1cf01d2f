"""What the machine must have before anything starts: packages, room on the disk, free ports."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.local_run.faults import Fault
from scripts.local_run.places import Place
from scripts.local_run.say import run_quietly, step

ROOM_BYTES = 2 * 1024**3
PLACES_OF_COMMANDS = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/sbin"
APT_HINT = (
    "CodePlace's local run knows Debian and Ubuntu; elsewhere, see docs/recipes/other-hosts.md"
)


def command(name: str) -> str | None:
    """Return the path of a command, also of those only in the administrator's PATH."""
    return shutil.which(name, path=PLACES_OF_COMMANDS)


def postgres_binaries() -> Path | None:
    """Return the folder with the newest PostgreSQL server's programs."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(found, key=lambda path: int(path.parts[-3]))
    return newest[-1].parent if newest else None


@dataclass(frozen=True)
class Need:
    """A Debian package and how to see that what it brings is there, from wherever it came."""

    package: str
    present: Callable[[], object]


def _has(name: str) -> Callable[[], object]:
    return lambda: command(name)


def _venv_works() -> bool:
    argv = [sys.executable, "-c", "import ensurepip, venv"]
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


NEEDS = (
    Need("postgresql", postgres_binaries),
    Need("redis-server", _has("redis-server")),
    Need("nginx-light", _has("nginx")),
    Need("make", _has("make")),
    Need("gcc", _has("gcc")),
    Need("g++", _has("g++")),
    Need("libc6-dev", Path("/usr/include/stdio.h").exists),
    Need("linux-libc-dev", Path("/usr/include/linux/seccomp.h").exists),
    # The judged programs' Python is Debian's, whatever Python runs this.
    Need("python3", Path("/usr/bin/python3").exists),
    Need("python3-venv", _venv_works),
    Need("default-jdk-headless", _has("javac")),
)

LANGUAGE_PACKAGES = ("pypy3", "nodejs", "golang-go", "rustc")
"""What `make languages` adds to the C, C++, Java and Python that are always there."""


def install_missing(place: Place) -> None:
    """Install what the machine lacks, or say exactly what to install and stop."""
    missing = [need.package for need in NEEDS if not need.present()]
    if missing:
        install(place, missing)
    still = [need.package for need in NEEDS if not need.present()]
    if still:
        raise Fault(
            f"These are still missing after the installation: {', '.join(still)}.", APT_HINT
        )


def install(place: Place, packages: list[str]) -> None:
    """Install Debian packages as root or through sudo when it asks for no password."""
    names = " ".join(packages)
    if not command("apt-get"):
        raise Fault(f"This machine lacks: {names}, and has no apt-get.", APT_HINT)
    prefix = _administrator()
    if prefix is None:
        raise Fault(
            f"This machine lacks: {names}, and installing them needs an administrator.",
            f"Run this once, then make run again:\n"
            f"    sudo apt-get update && sudo apt-get install -y {names}",
        )
    with step(f"Installing {names}"):
        apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
        options = ["-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"]
        remedy = "Read the lines above; often `apt-get update` or a network is what is missing."
        log = place.logs / "apt.log"
        try:
            _apt_install(apt + options, packages, log, remedy)
        except Fault:
            # Lists that were never fetched, or are older than the mirror's packages.
            run_quietly([*apt, *options, "update"], log=log, remedy=remedy)
            _apt_install(apt + options, packages, log, remedy)


def _apt_install(apt: list[str], packages: list[str], log: Path, remedy: str) -> None:
    argv = [*apt, "install", "-y", "--no-install-recommends", *packages]
    run_quietly(argv, log=log, remedy=remedy)


def _administrator() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if command("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def check_room(place: Place) -> None:
    place.data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(place.data).free
    if free < ROOM_BYTES:
        raise Fault(
            f"Only {free // 2**20} MiB are free below {place.data}; a first run needs 2 GiB.",
            "Make room, or put the data elsewhere: CODEPLACE_DATA_DIR=/somewhere make run",
        )


def check_ports(place: Place) -> None:
    """Find every port that somebody else listens on, and name them all at once."""
    taken = [(name, port) for name, port in place.ports.items() if not _is_free(port)]
    if not taken:
        return
    what = ", ".join(f"{port} ({name}{_listener(port)})" for name, port in taken)
    example = f"CODEPLACE_{taken[0][0].upper()}_PORT={taken[0][1] + 1000}"
    raise Fault(
        f"In use by another program: port {what}.",
        f"Stop that program, or choose other ports: {example} make run",
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do: a port whose last connections are still closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _listener(port: int) -> str:
    """Return ", by NAME, process N" for the one who listens, where we may see it."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A" and int(parts[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{parts[9]}]")
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(link.readlink()) in inodes:
                process = link.parts[2]
                name = Path(f"/proc/{process}/comm").read_text().strip()
                return f", by {name}, process {process}"
        except OSError:
            continue
    return ""
