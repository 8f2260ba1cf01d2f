"""`seed`: fills a new site, safe to run again."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from api.resources import Resources
from api.seed import service


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse's nameless type
    """Add the sub-command."""
    parser = subparsers.add_parser("seed", help="add the first problems and an announcement")
    parser.set_defaults(run=seed)


def seed(resources: Resources, _: argparse.Namespace) -> int:
    """Add what is missing."""
    service.seed(resources, _say)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
