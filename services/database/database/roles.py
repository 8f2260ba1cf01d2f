"""Which service may do what to which table: the data that the grants are made from.

Every table has one owner, the only service that writes it. The exceptions are named here, by
column: the api inserts judgements and playground runs (it accepts them); the grader alone fills
them in. What would need a right on somebody else's rows is a door instead, a function of the
schema's owner: nobody but `delete_expired()` deletes sessions, so that the upkeep worker needs no
right to write accounts, and nobody but `apply_rejudging()` says which judgement is valid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, text

from database.base import Base

SERVICES: Final = ("api", "grader", "notifier", "scheduler")


def role_name(service: str) -> str:
    """Return the PostgreSQL role that a service signs in with."""
    return f"codeplace_{service}"


@dataclass(frozen=True)
class ColumnGrant:
    """A right on some columns of a table that another service owns."""

    service: str
    table: str
    privilege: str
    columns: tuple[str, ...]


COLUMN_GRANTS: Final = (
    ColumnGrant(
        "api",
        "judgements",
        "INSERT",
        (
            "id",
            "submission_id",
            "data_set_id",
            "rejudging_id",
            "previous_id",
            "lane",
            "valid",
            "not_before",
            "created_at",
        ),
    ),
    ColumnGrant(
        "api",
        "playground_runs",
        "INSERT",
        (
            "id",
            "user_id",
            "problem_id",
            "language_id",
            "filename",
            "source",
            "stdin",
            "created_at",
        ),
    ),
)


@dataclass(frozen=True)
class Reads:
    """Tables that a service may read besides its own; `everything` for the api."""

    tables: frozenset[str] = field(default_factory=frozenset)
    everything: bool = False


READS: Final[dict[str, Reads]] = {
    "api": Reads(everything=True),
    # No users: a grader must not know who somebody is or what they may.
    "grader": Reads(
        frozenset(
            {
                "submissions",
                "submission_files",
                "problems",
                "data_sets",
                "test_cases",
                "blobs",
                "blob_chunks",
            }
        )
    ),
    "notifier": Reads(frozenset({"users", "email_verifications", "password_resets"})),
    "scheduler": Reads(
        frozenset(
            {
                "users",
                "problems",
                "submissions",
                "judgements",
                "rejudgings",
                "playground_runs",
                "email_verifications",
                "password_resets",
                "deliveries",
            }
        )
    ),
}

DOORS: Final = {
    "delete_expired()": "scheduler",
    "apply_rejudging(uuid, uuid)": "api",
    "cancel_rejudging(uuid, uuid)": "api",
    "apply_finished_rejudgings()": "scheduler",
}
"""Functions with the rights of the schema's owner, and the one service that may call each."""


def owner_of(table: str) -> str:
    """Return the service that writes `table`."""
    owner: str = Base.metadata.tables[table].info["owner"]
    return owner


def apply_grants(connection: Connection) -> None:
    """Bring the grants in the database to what this module says, removing all others.

    Run after each migration by the role that owns the tables.
    """
    tables = sorted(Base.metadata.tables)
    for service in SERVICES:
        role = role_name(service)
        statements = [
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            f"GRANT USAGE ON SCHEMA public TO {role}",
            *(_table_grant(service, role, table) for table in tables),
            *(
                f"GRANT {grant.privilege} ({', '.join(grant.columns)}) ON {grant.table} TO {role}"
                for grant in COLUMN_GRANTS
                if grant.service == service
            ),
        ]
        for statement in statements:
            if statement:
                connection.execute(text(statement))
    for door, service in DOORS.items():
        connection.execute(text(f"REVOKE ALL ON FUNCTION {door} FROM PUBLIC"))
        connection.execute(text(f"GRANT EXECUTE ON FUNCTION {door} TO {role_name(service)}"))


def _table_grant(service: str, role: str, table: str) -> str:
    reads = READS[service]
    if owner_of(table) == service:
        return f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"
    if reads.everything or table in reads.tables:
        return f"GRANT SELECT ON {table} TO {role}"
    return ""
