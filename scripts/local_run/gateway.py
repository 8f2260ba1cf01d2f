"""Traefik and Nginx in the local run: the files of the containers, with this stack's ports."""

from __future__ import annotations

import os
import string
from pathlib import Path

from scripts.local_run.faults import Fault
from scripts.local_run.needs import command as find_command
from scripts.local_run.places import Place

TEMPLATE = "services/frontend/nginx/nginx.conf.template"


def gateway_command(place: Place) -> list[str]:
    return [str(place.venv / "bin" / "traefik")]


def gateway_environment(place: Place) -> dict[str, str]:
    """Return Traefik's whole static configuration, which it reads from the environment."""
    environment: dict[str, str] = {}
    for line in (place.root / "gateway/traefik.env").read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            environment[name] = value
    ports = place.ports
    environment |= {
        "TRAEFIK_LOG_FORMAT": "common",
        "TRAEFIK_LOG_LEVEL": "WARN",
        "TRAEFIK_LOG_NOCOLOR": "true",
        "TRAEFIK_ENTRYPOINTS_WEB_ADDRESS": f":{ports.http}",
        "TRAEFIK_ENTRYPOINTS_WEBSECURE_ADDRESS": f":{ports.https}",
        "TRAEFIK_ENTRYPOINTS_PING_ADDRESS": f"127.0.0.1:{ports.gateway_ping}",
        "TRAEFIK_PROVIDERS_FILE_FILENAME": str(place.root / "gateway/dynamic.yml"),
        "GATEWAY_FRONTEND_URL": f"http://127.0.0.1:{ports.nginx}",
        "GATEWAY_CERTIFICATE": str(place.tls / "server.crt"),
        "GATEWAY_CERTIFICATE_KEY": str(place.tls / "server.key"),
        "GATEWAY_PUBLIC_HTTPS_PORT": str(ports.https),
    }
    return environment


def nginx_command(place: Place) -> list[str]:
    binary = find_command("nginx")
    if binary is None:
        raise Fault("Nginx is not there.", "apt-get install nginx-light")
    configuration = place.run / "nginx.conf"
    start = [str(place.python), "-m", "scripts.local_run.nginx_start"]
    return [*start, binary, "-e", "stderr", "-c", str(configuration), "-p", str(place.run)]


def write_nginx_configuration(place: Place) -> None:
    """Fill in the template as `envsubst` does in the container: only the names it is given."""
    source = (place.root / TEMPLATE).read_text()
    temporary = place.run / "nginx"
    temporary.mkdir(parents=True, exist_ok=True)
    ports = place.ports
    values = {
        "NGINX_LISTEN": f"127.0.0.1:{ports.nginx}",
        "NGINX_ROOT": str(place.frontend / "dist"),
        "NGINX_TEMP": str(temporary),
        "NGINX_PID": str(place.run / "nginx.pid"),
        "NGINX_USER": "user root;" if os.geteuid() == 0 else "",
        "API_UPSTREAM": f"127.0.0.1:{ports.api}",
        "API_INTAKE_UPSTREAM": f"127.0.0.1:{ports.api_intake}",
        "API_LIVE_UPSTREAM": f"127.0.0.1:{ports.api_live}",
    }
    (place.run / "nginx.conf").write_text(_fill(source, values))


def _fill(source: str, values: dict[str, str]) -> str:
    """Replace `${NAME}` for the names given; Nginx's own `$variables` stay."""
    for name, value in values.items():
        source = source.replace("${" + name + "}", value)
    left = [part.split("}")[0] for part in source.split("${")[1:]]
    unknown = [name for name in left if set(name) <= set(string.ascii_uppercase + "_")]
    if unknown:
        raise Fault(
            f"{TEMPLATE} asks for {', '.join(unknown)}, which the local run does not give.",
            f"Add it to {Path(__file__).name}.",
        )
    return source
