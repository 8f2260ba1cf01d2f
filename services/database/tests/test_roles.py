"""The grants of a real database equal `database.roles`, and really hold."""

from __future__ import annotations

from collections import defaultdict

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege

import database.models  # noqa: F401 - fills the metadata
from database.base import Base
from database.roles import COLUMN_GRANTS, DOORS, READS, SERVICES, owner_of, role_name
from database.testing import TestDatabase

from .conftest import Ask

pytestmark = pytest.mark.database

TABLES = sorted(Base.metadata.tables)
ALL_RIGHTS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})


def expected(service: str, table: str) -> frozenset[str]:
    if owner_of(table) == service:
        return ALL_RIGHTS
    if READS[service].everything or table in READS[service].tables:
        return frozenset({"SELECT"})
    return frozenset()


def test_the_grants_on_tables_are_those_of_the_roles(ask: Ask) -> None:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for grantee, table, privilege in ask(
        "SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public'"
    ):
        found[grantee, table].add(privilege)
    for service in SERVICES:
        for table in TABLES:
            assert found[role_name(service), table] == expected(service, table), (service, table)


def test_the_grants_on_columns_are_the_named_exceptions(ask: Ask) -> None:
    found = ask(
        "SELECT grantee, table_name, privilege_type, column_name"
        " FROM information_schema.column_privileges c WHERE table_schema = 'public'"
        " AND grantee LIKE 'codeplace_%' AND privilege_type <> 'SELECT'"
        " AND NOT EXISTS (SELECT 1 FROM information_schema.role_table_grants t"
        "   WHERE (t.grantee, t.table_name, t.privilege_type)"
        "       = (c.grantee, c.table_name, c.privilege_type))"
    )
    named = {
        (role_name(grant.service), grant.table, grant.privilege, column)
        for grant in COLUMN_GRANTS
        for column in grant.columns
    }
    assert set(found) == named


def test_a_table_has_one_writer(ask: Ask) -> None:
    rows = ask(
        "SELECT table_name, count(DISTINCT grantee) FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND privilege_type <> 'SELECT'"
        " AND grantee LIKE 'codeplace_%' GROUP BY table_name"
    )
    assert dict(rows) == dict.fromkeys(TABLES, 1)


@pytest.mark.parametrize(
    ("service", "statement"),
    [
        ("api", "UPDATE judgements SET verdict = 'AC'"),
        ("api", "UPDATE judgements SET state = 'finished'"),
        ("api", "DELETE FROM runs"),
        ("grader", "SELECT * FROM users"),
        ("grader", "UPDATE submissions SET language_id = 'c'"),
        ("notifier", "UPDATE users SET email = ''"),
        ("notifier", "SELECT * FROM sessions"),
        ("scheduler", "UPDATE judgements SET verdict = 'AC'"),
        ("scheduler", "DELETE FROM sessions"),
        ("api", "UPDATE judgements SET valid = true"),
        ("api", "DELETE FROM judgements"),
        ("api", "SELECT delete_expired()"),
        ("api", "SELECT apply_finished_rejudgings()"),
        ("scheduler", "SELECT apply_rejudging(gen_random_uuid(), NULL)"),
        ("scheduler", "SELECT cancel_rejudging(gen_random_uuid(), NULL)"),
        ("scheduler", "UPDATE rejudgings SET reason = ''"),
        ("grader", "SELECT apply_rejudging(gen_random_uuid(), NULL)"),
        ("grader", "SELECT * FROM rejudgings"),
    ],
)
def test_what_a_service_must_not_do_is_refused(
    fresh: TestDatabase, service: str, statement: str
) -> None:
    connection = psycopg2.connect(fresh.url(service))
    with connection.cursor() as cursor, pytest.raises(InsufficientPrivilege):
        cursor.execute(statement)
    connection.close()


def test_the_scheduler_may_delete_what_is_out_of_date(fresh: TestDatabase) -> None:
    connection = psycopg2.connect(fresh.url("scheduler"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT delete_expired()")
        assert cursor.fetchone() == (0,)
    connection.close()


def test_the_functions_of_the_schema_cannot_be_bent_by_a_search_path(ask: Ask) -> None:
    rows = ask(
        "SELECT p.proname, p.proconfig FROM pg_proc p JOIN pg_namespace n"
        " ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.prosecdef"
    )
    assert {name for name, _ in rows} == {door.partition("(")[0] for door in DOORS}
    assert [config for _, config in rows] == [["search_path=public"]] * len(DOORS)


def test_each_door_is_open_to_one_service(ask: Ask) -> None:
    for door, service in DOORS.items():
        may_call = f"has_function_privilege(oid, '{door}', 'EXECUTE')"
        rows = ask(f"SELECT rolname FROM pg_roles WHERE rolname LIKE 'codeplace_%' AND {may_call}")  # noqa: S608
        assert rows == [(role_name(service),)]
