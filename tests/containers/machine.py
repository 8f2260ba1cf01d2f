"""What the container tests take from the machine they run on: root, packages, mirrors, trust.

Nothing here is committed about any one machine: mirrors, proxies and extra certificates are read
where the machine keeps them and handed to the base images, so the production Dockerfiles stay as
they are.
"""

from __future__ import annotations

import configparser
import logging
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

log = logging.getLogger("containers")

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = REPOSITORY / ".local" / "cache" / "containers"

PIP_KEYS = ("index-url", "extra-index-url", "trusted-host", "proxy", "default-timeout")
NPM_KEYS = ("registry", "proxy", "https-proxy", "noproxy", "strict-ssl")


class UnfitMachineError(RuntimeError):
    """The machine cannot run the container tests; the message says what to do about it."""


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: str | None = None,
    timeout: float = 900,
) -> str:
    """Run a command and return its output; a failure carries the end of what it said."""
    finished = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if finished.returncode != 0:
        words = " ".join(str(part) for part in command)
        said = (finished.stdout + finished.stderr).strip().splitlines()[-40:]
        raise UnfitMachineError(f"`{words}` ended with {finished.returncode}:\n" + "\n".join(said))
    return finished.stdout


def require_root() -> None:
    """An engine can only be installed and started by root; say so before anything is touched."""
    if os.geteuid() != 0:
        raise UnfitMachineError(
            "The container tests install Debian's container engine and start it, which only root "
            "may do. Run them as root (for example `sudo make test-containers`)."
        )


def install(*packages: str) -> None:
    """Install Debian packages that are missing, naming them first."""
    if shutil.which("apt-get") is None:
        raise UnfitMachineError(
            f"The container tests install {', '.join(packages)} with apt-get, which is not on this "
            "machine. Use Debian or Ubuntu."
        )
    missing = [name for name in packages if not _is_installed(name)]
    if not missing:
        return
    log.info("installing with apt: %s", " ".join(missing))
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], env=quiet)
    run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing], env=quiet)


def _is_installed(package: str) -> bool:
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.startswith("ii")


def debian_mirror() -> str | None:
    """The Debian mirror apt is configured with; None means the tools' own default."""
    given = os.environ.get("CODEPLACE_DEBIAN_MIRROR")
    if given:
        return given
    listed = run(["apt-get", "indextargets", "--format", "$(ORIGIN) $(CODENAME) $(REPO_URI)"])
    for line in listed.splitlines():
        origin, codename, uri = line.split(" ", 2)
        if origin == "Debian" and codename.isalpha():
            return uri.rstrip("/")
    return None


def write_configuration(folder: Path) -> None:
    """Write what the base images need to reach packages the way this machine does."""
    certificates = folder / "certificates"
    shutil.rmtree(folder, ignore_errors=True)
    certificates.mkdir(parents=True)
    for number, certificate in enumerate(_extra_certificates()):
        (certificates / f"machine-{number}.crt").write_text(certificate + "\n")
    (folder / "pip.conf").write_text(_pip_configuration())
    (folder / "npmrc").write_text(_npm_configuration())
    (folder / "apt.conf").write_text(_apt_configuration())


def _extra_certificates() -> list[str]:
    """Authorities the machine trusts beyond those of Debian's own package."""
    block = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
    bundle = Path("/etc/ssl/certs/ca-certificates.crt")
    trusted = block.findall(bundle.read_text()) if bundle.exists() else []
    packaged = {
        _body(certificate)
        for path in Path("/usr/share/ca-certificates").rglob("*.crt")
        for certificate in block.findall(path.read_text())
    }
    return [certificate for certificate in trusted if _body(certificate) not in packaged]


def _body(certificate: str) -> str:
    return "".join(certificate.split())


def _pip_configuration() -> str:
    """Only what names a place on the network: paths of this machine mean nothing in an image."""
    settings: dict[str, str] = {}
    home = Path.home()
    for path in (Path("/etc/pip.conf"), home / ".pip/pip.conf", home / ".config/pip/pip.conf"):
        parser = configparser.RawConfigParser()
        parser.read(path)
        if parser.has_section("global"):
            settings.update(parser.items("global"))
    settings.update(
        (name.removeprefix("PIP_").lower().replace("_", "-"), value)
        for name, value in os.environ.items()
        if name.startswith("PIP_")
    )
    lines = []
    for name in PIP_KEYS:
        kept = [word for word in settings.get(name, "").split() if not word.startswith("file:")]
        if kept:
            lines.append(f"{name} = {' '.join(kept)}")
    return "\n".join(["[global]", *lines, ""])


def _npm_configuration() -> str:
    if shutil.which("npm") is None:
        return ""
    lines = []
    for key in NPM_KEYS:
        value = run(["npm", "config", "get", key]).strip()
        if value not in ("", "null", "undefined"):
            lines.append(f"{key}={value}")
    return "\n".join([*lines, ""])


def _apt_configuration() -> str:
    """Proxies only; the sources of an image are its own."""
    dumped = run(["apt-config", "dump"])
    kept = [line for line in dumped.splitlines() if re.match(r"Acquire::https?::Proxy\b", line)]
    return "\n".join([*kept, ""])
