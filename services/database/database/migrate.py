"""Bring a database to the newest schema, with its roles and grants. Safe to run again."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import create_engine

from database.roles import SERVICES, apply_grants, role_name
from database.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_KEY = 0x636F6465
"""Advisory lock that keeps two migrations from running at once."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to a connection where one is given."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(settings: Settings) -> None:
    """Create missing roles, upgrade the schema to its head and apply the grants."""
    url = settings.admin_url.replace("postgresql://", "postgresql+psycopg2://", 1)
    engine = create_engine(url, connect_args={"connect_timeout": 10})
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
        for service in SERVICES:
            _ensure_role(connection, role_name(service), settings.role_passwords[service])
        command.upgrade(alembic_config(connection), "head")
        apply_grants(connection)
    engine.dispose()


def _ensure_role(connection: Connection, role: str, password: str) -> None:
    exists = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": role})
    verb = "ALTER" if exists else "CREATE"
    # A role's name and password cannot be bound parameters: format() quotes them in the server.
    statement = connection.scalar(
        text("SELECT format(:template, CAST(:r AS text), CAST(:p AS text))"),
        {"template": f"{verb} ROLE %I LOGIN PASSWORD %L", "r": role, "p": password},
    )
    connection.exec_driver_sql(str(statement).replace("%", "%%"))
