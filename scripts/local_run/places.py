"""Where the local run keeps its things, and the ports it uses; both can be moved by environment."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from scripts.local_run.faults import Fault

ROOT = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 100
"""A unix socket's path is cut at 108 bytes by the kernel."""


@dataclass(frozen=True)
class Ports:
    """`CODEPLACE_<NAME>_PORT` overrides each, so that several stacks can run side by side."""

    http: int = 8080
    https: int = 8443
    gateway_ping: int = 18082
    nginx: int = 18080
    api: int = 18100
    api_intake: int = 18101
    api_live: int = 18102
    judge: int = 18200
    postgres: int = 15432
    redis: int = 16379
    smtp: int = 11025
    mail: int = 18025
    api_metrics: int = 19100
    api_intake_metrics: int = 19101
    api_live_metrics: int = 19102
    grader_metrics: int = 19110
    notifier_metrics: int = 19120
    upkeep_metrics: int = 19130
    beat_metrics: int = 19131

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Ports:
        chosen: dict[str, int] = {}
        for field in fields(cls):
            name = f"CODEPLACE_{field.name.upper()}_PORT"
            value = environ.get(name, "")
            if value and not (value.isdigit() and 0 < int(value) < 65_536):  # noqa: PLR2004
                raise Fault(f"{name} is {value!r}, which is no port.", "Give 1 to 65535.")
            if value:
                chosen[field.name] = int(value)
        return cls(**chosen)

    def items(self) -> list[tuple[str, int]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


@dataclass(frozen=True)
class Place:
    """A stack: the checkout it runs from, the folder that holds its data, and its ports."""

    data: Path
    ports: Ports
    root: Path = ROOT

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Place:
        given = environ.get("CODEPLACE_DATA_DIR", "")
        data = Path(given).expanduser().resolve() if given else ROOT / ".local"
        return cls(data, Ports.from_environment(environ))

    @property
    def shared(self) -> Path:
        """What all stacks of this checkout share: the Python environment, caches and stamps."""
        return self.root / ".local"

    @property
    def venv(self) -> Path:
        return self.shared / "venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def tls(self) -> Path:
        return self.data / "tls"

    @property
    def mail(self) -> Path:
        return self.data / "mail"

    @property
    def redis(self) -> Path:
        return self.data / "redis"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def accounts(self) -> Path:
        return self.data / "accounts.json"

    @property
    def secrets(self) -> Path:
        return self.data / "secrets.env"

    @property
    def frontend(self) -> Path:
        return self.root / "services" / "frontend"

    @property
    def supervisor_socket(self) -> Path:
        usual = self.run / "supervisor.sock"
        if len(str(usual)) <= SOCKET_PATH_LIMIT:
            return usual
        return Path(tempfile.gettempdir()) / f"codeplace-{self.mark}.sock"

    @property
    def mark(self) -> str:
        """A short name of this stack for things that cannot live below its folder."""
        return hashlib.sha256(str(self.data).encode()).hexdigest()[:12]

    @property
    def base_url(self) -> str:
        port = "" if self.ports.https == 443 else f":{self.ports.https}"  # noqa: PLR2004
        return f"https://localhost{port}"
