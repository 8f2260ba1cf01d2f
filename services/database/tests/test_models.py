"""What holds for every table, read from the models alone."""

from __future__ import annotations

import pytest
from sqlalchemy import Table

import database.models  # noqa: F401 - fills the metadata
from database.base import Base, new_id
from database.roles import COLUMN_GRANTS, READS, SERVICES, owner_of

TABLES = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@each_table
def test_a_table_says_who_owns_it_and_what_it_is_for(table: Table) -> None:
    assert owner_of(table.name) in SERVICES
    assert table.comment


@each_table
def test_every_column_says_what_it_is_for(table: Table) -> None:
    assert [column.name for column in table.columns if not column.comment] == []


@each_table
def test_every_time_has_a_zone_and_a_verb(table: Table) -> None:
    for column in table.columns:
        if column.type.python_type.__name__ == "datetime":
            assert column.type.timezone  # type: ignore[attr-defined]
            assert column.name.endswith(("_at", "_until", "_before")), column.name


def test_the_exceptions_name_tables_and_columns_that_exist() -> None:
    names = {table.name: set(table.columns.keys()) for table in TABLES}
    for grant in COLUMN_GRANTS:
        assert set(grant.columns) <= names[grant.table]
        assert owner_of(grant.table) != grant.service
    for reads in READS.values():
        assert reads.tables <= set(names)


def test_a_grader_knows_nobody() -> None:
    assert "users" not in READS["grader"].tables
    assert not READS["grader"].everything


def test_ids_sort_by_the_time_they_were_made() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(ids)
    assert ids[0].version == 7
