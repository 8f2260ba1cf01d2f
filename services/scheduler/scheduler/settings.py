"""Settings of the scheduler in both its roles, read once at the start."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

T = TypeVar("T")
D = TypeVar("D")


class SettingsError(Exception):
    """Some settings are missing or malformed; the message names every one of them."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that can be set. The README's table says what each is for."""

    database_url: str
    redis_url: str
    concurrency: int = 2
    metrics_port: int = 19130
    name: str = ""
    log_level: str = "info"
    log_format: str = "json"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read the environment; `NAME_FILE` may name a file that holds the value of `NAME`.

        Raises:
            SettingsError: names every setting that is missing or malformed.

        """
        read = _Reader(environ)
        settings = cls(
            database_url=read.required("DATABASE_URL", _url("postgresql")),
            redis_url=read.required("REDIS_URL", _url("redis", "rediss", "unix")),
            concurrency=read.optional("CONCURRENCY", _number(1, 16), cls.concurrency),
            metrics_port=read.optional("METRICS_PORT", _number(0, 65535), cls.metrics_port),
            name=f"{socket.gethostname()}:{os.getpid()}",
            log_level=read.optional(
                "LOG_LEVEL", _one_of("debug", "info", "warning", "error"), cls.log_level
            ),
            log_format=read.optional("LOG_FORMAT", _one_of("json", "text"), cls.log_format),
        )
        read.raise_if_any()
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
        return cast("T", self.optional(name, parser, None))

    def optional(self, name: str, parser: Callable[[str], T], default: D) -> T | D:
        value = self._value(name)
        if not value:
            return default
        try:
            return parser(value)
        except ValueError as error:
            self._faults.append(f"{name} {error}")
            return default

    def raise_if_any(self) -> None:
        if self._faults:
            raise SettingsError("; ".join(self._faults))

    def _value(self, name: str) -> str:
        path = self._environ.get(f"{name}_FILE")
        if not path or self._environ.get(name):
            return self._environ.get(name, "").strip()
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            fault = f"{name}_FILE cannot be read ({error.strerror})"
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
