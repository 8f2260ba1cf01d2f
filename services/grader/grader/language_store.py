"""The languages in PostgreSQL, as the site shows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, text

from contracts.judging import Language
from grader.transactions import in_transaction

WRITE = text("""
INSERT INTO languages (id, name, version, extensions, compile_command, run_command, available,
                       position, seen_at)
VALUES (:id, :name, :version, :extensions, :compile_command, :run_command, :available,
        :position, now())
ON CONFLICT (id) DO UPDATE SET
  name = excluded.name, version = excluded.version, extensions = excluded.extensions,
  compile_command = excluded.compile_command, run_command = excluded.run_command,
  available = excluded.available, position = excluded.position, seen_at = excluded.seen_at
""")

WITHDRAW = text("UPDATE languages SET available = false WHERE available AND id <> ALL(:ids)")

# Two graders refresh at the same time after a start; in one order they do not deadlock.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('codeplace languages'))")


class PostgresLanguages:
    """The table of languages."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @in_transaction
    def write(self, connection: Connection, languages: Sequence[Language]) -> None:
        connection.execute(ONE_AT_A_TIME)
        for position, language in enumerate(languages):
            connection.execute(
                WRITE,
                {
                    "id": language.id,
                    "name": language.name,
                    "version": language.version,
                    "extensions": [ext.lstrip(".") for ext in language.extensions],
                    "compile_command": language.compile_command,
                    "run_command": language.run_command,
                    "available": language.available,
                    "position": position,
                },
            )
        connection.execute(WITHDRAW, {"ids": [language.id for language in languages]})
