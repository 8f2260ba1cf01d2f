"""Base images made on the machine, because the test can pull none.

A Debian 13 root file system comes from mmdebstrap; the stand-ins in `images/` are built on it and
carry names of their own, so that no engine is left with a false `python` or `postgres`.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from .engine import Engine
from .machine import CACHE, debian_mirror, install, run, write_configuration

log = logging.getLogger("containers")

IMAGES = Path(__file__).resolve().parent / "images"
ROOTFS = "codeplace-standin/rootfs:trixie"

# Each row needs the rows before it; what stands in one row is built side by side.
ORDER = (("debian",), ("python",), ("node", "postgres", "redis", "traefik", "nginx"))

# The variable of docker-compose.yml, and the stand-in it is given.
STANDINS = {
    "DEBIAN_IMAGE": "codeplace-standin/debian:trixie-slim",
    "PYTHON_IMAGE": "codeplace-standin/python:3.13-slim-trixie",
    "NODE_IMAGE": "codeplace-standin/node:24-trixie-slim",
    "POSTGRES_IMAGE": "codeplace-standin/postgres:17-trixie",
    "REDIS_IMAGE": "codeplace-standin/redis:8-trixie",
    "TRAEFIK_IMAGE": "codeplace-standin/traefik:v3.7",
    "NGINX_IMAGE": "codeplace-standin/nginx:1.29-trixie",
}


def provide_base_images(engine: Engine) -> None:
    """Build every stand-in; what was built before comes from the engine's cache."""
    if not engine.docker("images", "-q", ROOTFS).strip():
        log.info("importing the Debian 13 root file system")
        engine.docker("import", _root_file_system(), ROOTFS)
    machine = CACHE / "machine"
    write_configuration(machine)
    for row in ORDER:
        log.info("building the stand-ins for %s", ", ".join(row))
        run(
            ["docker", "compose", "--file", IMAGES / "compose.yml", "build", "--quiet", *row],
            env={**engine.env, "MACHINE": str(machine), "PWD": str(IMAGES)},
            cwd=IMAGES,
        )


def _root_file_system() -> Path:
    """A minimal Debian 13 as a tar file, made once (about 15 s) and kept."""
    archive = CACHE / "trixie.tar"
    if archive.exists():
        return archive
    install("mmdebstrap", "debian-archive-keyring")
    log.info("making a Debian 13 root file system with mmdebstrap")
    unfinished = archive.with_suffix(f".{os.getpid()}.tar")
    mirror = debian_mirror()
    run(
        [
            "mmdebstrap",
            "--variant=minbase",
            "--include=ca-certificates",
            "--keyring=/usr/share/keyrings/debian-archive-keyring.gpg",
            *(f"--dpkgopt=path-exclude=/usr/share/{part}/*" for part in ("doc", "man", "locale")),
            "trixie",
            unfinished,
            *([mirror] if mirror else []),
        ]
    )
    unfinished.rename(archive)
    return archive
