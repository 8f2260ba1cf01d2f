"""The Redis of a stack: a password, every second to disk, and never an eviction."""

from __future__ import annotations

import os
import socket

from scripts.local_run.faults import Fault
from scripts.local_run.needs import command as find_command
from scripts.local_run.places import Place


def command(place: Place, password: str) -> list[str]:
    """Write the configuration and return the command; the password is in no command line."""
    binary = find_command("redis-server")
    if binary is None:
        raise Fault("redis-server is not there.", "apt-get install redis-server")
    place.redis.mkdir(parents=True, exist_ok=True)
    place.run.mkdir(parents=True, exist_ok=True)
    lines = [
        "bind 127.0.0.1",
        f"port {place.ports.redis}",
        f'dir "{place.redis}"',
        "daemonize no",
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        "maxmemory-policy noeviction",
        "logfile ''",
        f"requirepass {password}",
    ]
    configuration = place.run / "redis.conf"
    descriptor = os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(lines) + "\n")
    return [binary, str(configuration)]


def url(place: Place, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{place.ports.redis}/0"


def answers(place: Place, password: str) -> bool:
    """Tell whether the server takes the password and has read its data."""
    try:
        with socket.create_connection(("127.0.0.1", place.ports.redis), timeout=2) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            said = b""
            while said.count(b"\r\n") < 2:  # noqa: PLR2004 - two commands, two lines
                part = connection.recv(4096)
                if not part:
                    return False
                said += part
    except OSError:
        return False
    return said == b"+OK\r\n+PONG\r\n"
