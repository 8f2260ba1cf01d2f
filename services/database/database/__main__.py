"""`python -m database migrate`: the one-shot `migrate` role. Also `new-migration` for owners."""

from __future__ import annotations

import argparse
import os
import sys

from database.migrate import migrate
from database.settings import Settings, SettingsError


def main() -> int:
    """Run the sub-command and return the exit status."""
    parser = argparse.ArgumentParser(prog="database", description=__doc__)
    parser.add_argument("command", choices=["migrate"])
    parser.parse_args()
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.stderr.write(f"database: {error}\n")
        return 2
    migrate(settings)
    sys.stdout.write("database: schema, roles and grants are up to date\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
