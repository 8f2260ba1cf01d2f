"""Settings of the one-shot `migrate` role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from database.roles import SERVICES


class SettingsError(Exception):
    """Some environment variables are missing; the message names every one of them."""


@dataclass(frozen=True)
class Settings:
    """Who makes the schema, and the passwords of the services' roles."""

    admin_url: str
    """`postgresql://…` of a role that owns the database and may create roles."""
    role_passwords: dict[str, str]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read `DATABASE_ADMIN_URL` and `CODEPLACE_<SERVICE>_DB_PASSWORD`."""
        names = {service: f"CODEPLACE_{service.upper()}_DB_PASSWORD" for service in SERVICES}
        missing = [
            name for name in ("DATABASE_ADMIN_URL", *names.values()) if not environ.get(name)
        ]
        if missing:
            msg = f"Set these environment variables: {', '.join(missing)}."
            raise SettingsError(msg)
        return cls(
            admin_url=environ["DATABASE_ADMIN_URL"],
            role_passwords={service: environ[name] for service, name in names.items()},
        )
