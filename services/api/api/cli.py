"""The frame of the command line: each feature adds its sub-commands in its commands.py."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy.exc import OperationalError

from api import logs
from api.app import CATALOGUES, real_resources
from api.errors import ApiError, Fields
from api.i18n import Translator
from api.operators import commands as operators
from api.packages import commands as packages
from api.resources import Resources
from api.seed import commands as seed
from api.settings import Settings, SettingsError

Subparsers = Any
"""argparse gives the type of `add_subparsers()` no public name."""

Command = Callable[[Resources, argparse.Namespace], int]
"""What a sub-command runs: `parser.set_defaults(run=command)`; returns the exit status."""

REGISTRARS: Final[tuple[Callable[[Subparsers], None], ...]] = (
    operators.register,
    packages.register,
    seed.register,
)
"""Each feature's `commands.register`, which adds sub-commands."""


def main(argv: Sequence[str]) -> int:
    """Run a command and return its exit status."""
    arguments = _parser().parse_args(argv)
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        return _fail(str(error))
    logs.configure("warning", "text")
    command: Command = arguments.run
    try:
        return command(real_resources(settings), arguments)
    except ApiError as error:
        return _fail(_sentence(error))
    except OperationalError as error:
        return _fail(f"the database does not answer: {error.orig}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="codeplace", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for register in REGISTRARS:
        register(subparsers)
    return parser


def _sentence(error: ApiError) -> str:
    say_in = Translator(CATALOGUES).say
    lines = [say_in(error.text, "en")]
    fields: Fields = error.fields or {}
    for name, texts in fields.items():
        lines += [f"  {name}: {say_in(sentence, 'en')}" for sentence in texts]
    lines += [f"  {detail}" for detail in error.details or ()]
    return "\n".join(lines)


def _fail(message: str) -> int:
    sys.stderr.write(f"codeplace: {message}\n")
    return 2
