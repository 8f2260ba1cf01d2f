"""The command-line clients: Debian's docker, and `docker compose` 2 with buildx as its plugins."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .machine import CACHE, UnfitMachineError, debian_mirror, install, run

log = logging.getLogger("containers")


def docker_client() -> str:
    """The packaged client before any other: it is the one that fits the packaged engine."""
    packaged = Path("/usr/bin/docker")
    return str(packaged) if packaged.exists() else shutil.which("docker") or str(packaged)


def provide_compose(configuration: Path, env: Mapping[str, str]) -> None:
    """Make sure that `docker compose` is version 2 or later, within this client configuration."""
    if _has_compose(env):
        return
    plugins = configuration / "cli-plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    if not any(plugins.iterdir()):
        _fetch_plugins(CACHE / "packages", plugins)
    if not _has_compose(env):
        raise UnfitMachineError("`docker compose` version 2 is missing; install docker-compose-v2")


def _has_compose(env: Mapping[str, str]) -> bool:
    answer = subprocess.run(
        [docker_client(), "compose", "version", "--short"],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode == 0 and answer.stdout.lstrip("v").startswith(("2", "3", "4", "5"))


def _fetch_plugins(scratch: Path, plugins: Path) -> None:
    """Take compose and buildx out of Debian 13's packages; the system's own apt is not touched."""
    log.info("fetching docker compose 2 and buildx from Debian 13's packages")
    mirror = debian_mirror()
    if mirror is None:
        raise UnfitMachineError(
            "`docker compose` version 2 is missing and no Debian mirror is configured; install "
            "docker-compose-v2, or name a mirror in CODEPLACE_DEBIAN_MIRROR"
        )
    install("debian-archive-keyring")
    shutil.rmtree(scratch, ignore_errors=True)
    for folder in ("lists/partial", "cache/archives/partial", "state", "parts"):
        (scratch / folder).mkdir(parents=True)
    (scratch / "status").touch()
    (scratch / "sources.list").write_text(
        f"deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {mirror} trixie main\n"
    )
    settings = {
        "Dir::Etc::sourcelist": "sources.list",
        "Dir::Etc::sourceparts": "parts",
        "Dir::State": "state",
        "Dir::State::lists": "lists",
        "Dir::State::status": "status",
        "Dir::Cache": "cache",
    }
    configuration = "".join(f'{key} "{scratch / name}";\n' for key, name in settings.items())
    (scratch / "apt.conf").write_text(configuration + 'APT::Sandbox::User "root";\n')
    isolated = {"APT_CONFIG": str(scratch / "apt.conf")}
    run(["apt-get", "update", "-q"], env=isolated)
    run(["apt-get", "download", "-q", "docker-compose", "docker-buildx"], env=isolated, cwd=scratch)
    for package in scratch.glob("*.deb"):
        run(["dpkg-deb", "-x", package, scratch / "tree"])
    for plugin in (scratch / "tree/usr/libexec/docker/cli-plugins").iterdir():
        shutil.copy2(plugin, plugins)
    shutil.rmtree(scratch)
