"""The migrations lead to what the models say, and back."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

import database.models  # noqa: F401 - fills the metadata
from database.base import Base
from database.migrate import alembic_config

pytestmark = pytest.mark.database


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(
        compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    )


def test_the_migrated_schema_is_that_of_the_models(admin: Engine) -> None:
    with admin.begin() as connection:
        assert differences(connection) == []


def test_the_newest_migration_can_be_undone_and_done_again(admin: Engine) -> None:
    with admin.begin() as connection:
        command.downgrade(alembic_config(connection), "-1")
        command.upgrade(alembic_config(connection), "head")
        assert differences(connection) == []
