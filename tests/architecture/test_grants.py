"""One writer for each table, read back from the grants of a real database."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg2
import pytest

import database.models  # noqa: F401 - fills the metadata
from database.base import Base
from database.roles import COLUMN_GRANTS, READS, SERVICES, owner_of, role_name
from database.testing import TestDatabase, running_cluster

pytestmark = pytest.mark.database

Grant = tuple[str, str, str]
WRITES = {"INSERT", "UPDATE", "DELETE", "TRUNCATE"}
TABLES = sorted(Base.metadata.tables)


@pytest.fixture(scope="module")
def fresh() -> Iterator[TestDatabase]:
    with running_cluster() as cluster:
        yield cluster.fresh()


def _ask(fresh: TestDatabase, statement: str) -> list[tuple[str, ...]]:
    connection = psycopg2.connect(fresh.admin_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())
    finally:
        connection.close()


def _table_grants(fresh: TestDatabase) -> set[Grant]:
    rows = _ask(
        fresh,
        "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND grantee <> 'postgres'",
    )
    return {(grantee, table, privilege) for grantee, table, privilege in rows}


def test_every_table_has_one_writer_its_owner(fresh: TestDatabase) -> None:
    writers: dict[str, set[str]] = {table: set() for table in TABLES}
    for grantee, table, privilege in _table_grants(fresh):
        if privilege in WRITES and table in writers:
            writers[table].add(grantee)
    assert writers == {table: {role_name(owner_of(table))} for table in TABLES}


def test_the_only_writes_by_others_are_the_named_columns(fresh: TestDatabase) -> None:
    whole = {(who, table) for who, table, privilege in _table_grants(fresh) if privilege in WRITES}
    rows = _ask(
        fresh,
        "SELECT grantee, table_name, privilege_type, column_name"
        " FROM information_schema.role_column_grants"
        " WHERE table_schema = 'public' AND grantee <> 'postgres'",
    )
    found = {row for row in rows if row[2] in WRITES and (row[0], row[1]) not in whole}
    named = {
        (role_name(grant.service), grant.table, grant.privilege, column)
        for grant in COLUMN_GRANTS
        for column in grant.columns
    }
    assert found == named


def test_a_service_reads_what_it_is_named_to_read_and_no_more(fresh: TestDatabase) -> None:
    found: dict[str, set[str]] = {service: set() for service in SERVICES}
    for grantee, table, privilege in _table_grants(fresh):
        if privilege == "SELECT":
            found[grantee.removeprefix("codeplace_")].add(table)
    for service in SERVICES:
        own = {table for table in TABLES if owner_of(table) == service}
        wanted = set(TABLES) if READS[service].everything else own | READS[service].tables
        assert found[service] & set(TABLES) == wanted, service


def test_no_service_role_is_mighty(fresh: TestDatabase) -> None:
    mighty = _ask(
        fresh,
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'codeplace%' AND"
        " (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)",
    )
    assert mighty == []


def test_the_public_may_do_nothing(fresh: TestDatabase) -> None:
    assert [grant for grant in _table_grants(fresh) if grant[0] == "PUBLIC"] == []


def test_every_table_and_column_says_what_it_is_for() -> None:
    mute = [name for name, table in Base.metadata.tables.items() if not table.comment]
    mute += [
        f"{name}.{column.name}"
        for name, table in Base.metadata.tables.items()
        for column in table.columns
        if not column.comment
    ]
    assert mute == []
