"""`account create`, `account list` and `accounts --write`."""

from __future__ import annotations

import argparse
import secrets
import sys
from pathlib import Path
from typing import Any

from api.accounts import store
from api.accounts.service import NewAccount, check_new, create
from api.actor import Role
from api.i18n import LOCALES
from api.operators import demo
from api.resources import Resources
from database.engine import transaction


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse's nameless type
    """Add the sub-commands."""
    account = subparsers.add_parser("account", help="make or list accounts")
    actions = account.add_subparsers(dest="action", required=True, metavar="ACTION")
    new = actions.add_parser("create", help="make an account whose address counts as proven")
    new.add_argument("username")
    new.add_argument("email")
    new.add_argument("--display-name")
    new.add_argument("--locale", choices=LOCALES, default="ko")
    new.add_argument("--role", action="append", default=[], choices=[role.value for role in Role])
    new.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input; otherwise one is made and printed",
    )
    new.set_defaults(run=create_account)
    actions.add_parser("list", help="list all accounts").set_defaults(run=list_accounts)

    written = subparsers.add_parser(
        "accounts", help="make the demo accounts and write how to sign in as each"
    )
    written.add_argument("--write", required=True, type=Path, metavar="PATH")
    written.add_argument("--base-url", help="default: PUBLIC_URL")
    written.add_argument("--ca-file", help="default: tls/ca.crt beside PATH")
    written.set_defaults(run=write_accounts)


def create_account(resources: Resources, arguments: argparse.Namespace) -> int:
    """Make one account."""
    if arguments.password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = secrets.token_urlsafe(12)
    new = NewAccount(
        username=arguments.username,
        email=arguments.email,
        password=password,
        display_name=arguments.display_name,
        locale=arguments.locale,
    )
    roles = tuple(Role(role) for role in arguments.role)
    with transaction(resources.sessions) as db:
        check_new(db, new, reserved_allowed=True, password_free=not arguments.password_stdin)
        user = create(db, new, resources.hasher.hash(password), roles)
        store.mark_verified(db, user.id, user.email, resources.clock.now())
    shown = "" if arguments.password_stdin else f" with the password {password}"
    _say(f"made {new.username}{shown}")
    return 0


def list_accounts(resources: Resources, _: argparse.Namespace) -> int:
    """List all accounts."""
    with resources.sessions() as db:
        for user in store.everybody(db):
            proven = "proven" if user.email_verified_at else "not proven"
            _say(f"{user.username:20} {','.join(user.roles) or '-':14} {user.email} ({proven})")
    return 0


def write_accounts(resources: Resources, arguments: argparse.Namespace) -> int:
    """Make the demo accounts."""
    path: Path = arguments.write
    base_url = arguments.base_url or resources.settings.public_url
    ca_file = arguments.ca_file or str(path.resolve().parent / "tls" / "ca.crt")
    keys = demo.write(resources, path, base_url, ca_file)
    _say(f"{path}: {', '.join(keys)}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
