"""Alembic's entry point: runs on the connection that `database.migrate` hands over."""

from alembic import context

import database.models  # noqa: F401 - fills the metadata
from database.base import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
