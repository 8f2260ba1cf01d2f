"""Settings of the api in all its roles, read once at the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

from limits import parse

T = TypeVar("T")

PLACEHOLDERS = ("change", "secret", "default", "example", "password")
MIN_SECRET_LENGTH = 32


class SettingsError(Exception):
    """Some settings are missing or malformed; the message names every one of them."""


class Role(StrEnum):
    """Which part of the api this process is."""

    API = "api"
    INTAKE = "intake"
    LIVE = "live"


class Environment(StrEnum):
    """Where it runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. The README's table says what each is for."""

    database_url: str
    redis_url: str
    mail_link_key: str
    role: Role = Role.API
    environment: Environment = Environment.DEVELOPMENT
    public_url: str = "https://localhost:8443"
    database_pool: int = 4
    registration_open: bool = True
    email_verification_grace_hours: int = 24
    submission_rate: str = "600/minute"
    playground_rate: str = "120/minute"
    max_body_bytes: int = 1 << 20
    max_package_bytes: int = 256 << 20
    trusted_proxy_hops: int = 1
    live_max_streams: int = 2000
    log_level: str = "info"
    log_format: str = "json"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read the environment; `NAME_FILE` may name a file that holds the value of `NAME`.

        Raises:
            SettingsError: names every setting that is missing or malformed.

        """
        reader = _Reader(environ)
        settings = cls(
            database_url=reader.required("DATABASE_URL", _url("postgresql")),
            redis_url=reader.required("REDIS_URL", _url("redis", "rediss", "unix")),
            mail_link_key=reader.required("MAIL_LINK_KEY", _secret),
            role=reader.optional("API_ROLE", Role, cls.role),
            environment=reader.optional("ENVIRONMENT", Environment, cls.environment),
            public_url=reader.optional("PUBLIC_URL", _url("https", "http"), cls.public_url),
            database_pool=reader.optional("DATABASE_POOL", _number(1, 100), cls.database_pool),
            registration_open=reader.optional("REGISTRATION_OPEN", _flag, cls.registration_open),
            email_verification_grace_hours=reader.optional(
                "EMAIL_VERIFICATION_GRACE_HOURS",
                _number(0, 8760),
                cls.email_verification_grace_hours,
            ),
            submission_rate=reader.optional("SUBMISSION_RATE", _rate, cls.submission_rate),
            playground_rate=reader.optional("PLAYGROUND_RATE", _rate, cls.playground_rate),
            max_body_bytes=reader.optional(
                "MAX_BODY_BYTES", _number(1024, 1 << 30), cls.max_body_bytes
            ),
            max_package_bytes=reader.optional(
                "MAX_PACKAGE_BYTES", _number(1024, 1 << 34), cls.max_package_bytes
            ),
            trusted_proxy_hops=reader.optional(
                "TRUSTED_PROXY_HOPS", _number(0, 10), cls.trusted_proxy_hops
            ),
            live_max_streams=reader.optional(
                "LIVE_MAX_STREAMS", _number(1, 100_000), cls.live_max_streams
            ),
            log_level=reader.optional(
                "LOG_LEVEL", _one_of("debug", "info", "warning", "error"), cls.log_level
            ),
            log_format=reader.optional("LOG_FORMAT", _one_of("json", "text"), cls.log_format),
        )
        if settings.environment is Environment.PRODUCTION:
            reader.check(
                settings.public_url.startswith("https://"),
                "PUBLIC_URL: must begin with https in production; session cookies need it",
            )
        reader.raise_if_any()
        return settings


class _Reader:
    """Parses values and keeps what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._faults: list[str] = []

    def required(self, name: str, parser: Callable[[str], T]) -> T:
        if not self._value(name):
            self._faults.append(f"{name} is missing")
        # The default is never seen: raise_if_any() comes before the settings are given out.
        return self.optional(name, parser, cast("T", None))

    def optional(self, name: str, parser: Callable[[str], T], default: T) -> T:
        value = self._value(name)
        if not value:
            return default
        try:
            return parser(value)
        except ValueError as error:
            self._faults.append(f"{name}: {error}")
            return default

    def check(self, holds: bool, fault: str) -> None:  # noqa: FBT001 - reads as a sentence
        if not holds:
            self._faults.append(fault)

    def raise_if_any(self) -> None:
        if self._faults:
            raise SettingsError("; ".join(self._faults))

    def _value(self, name: str) -> str:
        path = self._environ.get(f"{name}_FILE")
        if not path or self._environ.get(name):
            return self._environ.get(name, "").strip()
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            fault = f"{name}_FILE: {error.strerror}: {path}"
            if fault not in self._faults:
                self._faults.append(fault)
            return ""


def _url(*schemes: str) -> Callable[[str], str]:
    def parser(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ValueError(f"must be an address beginning with {' or '.join(schemes)}")
        return value.rstrip("/")

    return parser


def _number(least: int, most: int) -> Callable[[str], int]:
    def parser(value: str) -> int:
        if not value.isdecimal() or not least <= int(value) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(value)

    return parser


def _one_of(*values: str) -> Callable[[str], str]:
    def parser(value: str) -> str:
        if value not in values:
            raise ValueError(f"must be one of {', '.join(values)}")
        return value

    return parser


def _flag(value: str) -> bool:
    return _one_of("true", "false")(value) == "true"


def _rate(value: str) -> str:
    parse(value)
    return value


def _secret(value: str) -> str:
    # The messages never repeat the value: they end up in logs.
    if len(value) < MIN_SECRET_LENGTH:
        raise ValueError(f"must have at least {MIN_SECRET_LENGTH} characters")
    if any(word in value.lower() for word in PLACEHOLDERS):
        raise ValueError("looks like a placeholder; generate a random one")
    return value
