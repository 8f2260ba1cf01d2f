"""The judge's settings, read once from the environment; every fault is named at once."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_GIB = 1 << 30
_MIB = 1 << 20
_SHORTEST_SECRET = 16
_WELL_KNOWN_SECRETS = frozenset({"secret", "change-me", "changeme", "judge", "development"})


class SettingsError(Exception):
    """The environment does not describe a judge; `faults` says everything that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """How this judge runs.

    Attributes:
        secret: what a grader must send in X-Judge-Secret.
        host: address to listen on.
        port: port to listen on.
        slots: programs that may run at once; 0: one for each core.
        waiting: judgings that may wait for a slot before others are sent away with 503.
        cache_dir: test data, compiled programs and precompiled headers; may be lost at any time.
        cache_bytes: most bytes of test data kept.
        compile_cache_bytes: most bytes of compiled programs kept.
        boxd: path of the helper; None: the one built beside the source.
        cgroup_root: control group to make ours in; None: found by boxd.
        languages: ids of the languages to try; empty: all.
        grace_seconds: how long running judgings may go on after SIGTERM.
        environment: development or production.
        log_level: lowest level that is logged.
        log_format: json or text.

    """

    secret: str
    host: str
    port: int
    slots: int
    waiting: int
    cache_dir: Path
    cache_bytes: int
    compile_cache_bytes: int
    boxd: Path | None
    cgroup_root: str | None
    languages: frozenset[str]
    grace_seconds: float
    environment: str
    log_level: str
    log_format: str


class _Reader:
    """Takes values out of an environment and collects what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self._environ.get(name) or default

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default).lower()
        if value not in allowed:
            self.faults.append(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        written = self.text(name, str(default))
        try:
            value = int(written)
        except ValueError:
            self.faults.append(f"{name} must be a whole number, not {written!r}")
            return default
        if not least <= value <= most:
            self.faults.append(f"{name} must be between {least} and {most}, not {value}")
        return value

    def secret(self, name: str) -> str:
        file = self._environ.get(f"{name}_FILE")
        if file:
            try:
                return Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                self.faults.append(f"{name}_FILE cannot be read: {error}")
                return ""
        value = self._environ.get(name, "")
        if not value:
            self.faults.append(f"{name} (or {name}_FILE) is missing")
        return value


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read the settings, or raise SettingsError with all faults at once."""
    read = _Reader(environ)
    boxd = environ.get("JUDGE_BOXD")
    settings = Settings(
        secret=read.secret("JUDGE_SECRET"),
        host=read.text("JUDGE_HOST", "127.0.0.1"),
        port=read.number("JUDGE_PORT", 18200, 0, 65535),
        slots=read.number("JUDGE_SLOTS", 0, 0, 512),
        waiting=read.number("JUDGE_WAITING", 4, 0, 10_000),
        cache_dir=Path(read.text("JUDGE_CACHE_DIR", _default_cache_dir())).absolute(),
        cache_bytes=read.number("JUDGE_CACHE_BYTES", 4 * _GIB, _MIB, 1 << 50),
        compile_cache_bytes=read.number("JUDGE_COMPILE_CACHE_BYTES", 256 * _MIB, 0, 1 << 50),
        boxd=Path(boxd).absolute() if boxd else None,
        cgroup_root=environ.get("JUDGE_CGROUP_ROOT") or None,
        languages=frozenset(read.text("JUDGE_LANGUAGES", "").replace(",", " ").split()),
        grace_seconds=float(read.number("JUDGE_GRACE_SECONDS", 10, 0, 3600)),
        environment=read.choice("ENVIRONMENT", "production", ("development", "production")),
        log_level=read.choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
        log_format=read.choice("LOG_FORMAT", "json", ("json", "text")),
    )
    if settings.environment == "production" and settings.secret and _is_weak(settings.secret):
        read.faults.append(
            f"JUDGE_SECRET must be {_SHORTEST_SECRET} characters or more and no well-known word"
        )
    if read.faults:
        raise SettingsError(read.faults)
    return settings


def _is_weak(secret: str) -> bool:
    return len(secret) < _SHORTEST_SECRET or secret.lower() in _WELL_KNOWN_SECRETS


def _default_cache_dir() -> str:
    return str(Path(tempfile.gettempdir()) / f"codeplace-judge-{os.getuid()}")
