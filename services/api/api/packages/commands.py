"""`codeplace problem import PATH…`: packages from the machine that runs the site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from api.accounts import store as accounts
from api.errors import NotFound
from api.i18n import Translator
from api.messages import MESSAGES as SHARED_MESSAGES
from api.packages import report, service
from api.packages.faults import Fault, Faults, PackageInvalidError
from api.packages.files import FolderFiles, PackageFiles
from api.packages.formats import FORMATS, open_upload
from api.packages.messages import MESSAGES
from api.resources import Resources
from database.engine import transaction

LOCALE: Final = "en"


def register(subparsers: Any) -> None:  # noqa: ANN401 - argparse's nameless type
    """Add the sub-commands."""
    problem = subparsers.add_parser("problem", help="import problems")
    actions = problem.add_subparsers(dest="action", required=True, metavar="ACTION")
    new = actions.add_parser("import", help="import packages: zips, folders or FPS files")
    new.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    new.add_argument("--format", default="auto", choices=("auto", *FORMATS))
    new.add_argument("--slug", help="the key in addresses; default: the package's name")
    new.add_argument("--dry-run", action="store_true", help="tell every fault, write nothing")
    new.add_argument("--publish", action="store_true", help="show it to everybody at once")
    new.add_argument("--author", metavar="USERNAME", help="who may edit it, besides admins")
    new.set_defaults(run=import_problems)


def import_problems(resources: Resources, arguments: argparse.Namespace) -> int:
    """Import each package by itself; the exit status is 1 if any was refused."""
    if arguments.slug and len(arguments.paths) > 1:
        _say("--slug goes with one package only")
        return 2
    importer = service.operator_importer(_author(resources, arguments.author))
    options = service.Options(
        format=arguments.format,
        slug=arguments.slug,
        dry_run=arguments.dry_run,
        publish=arguments.publish,
    )
    done = [_import(resources, importer, path, options) for path in arguments.paths]
    return 0 if all(done) else 1


def _author(resources: Resources, username: str | None) -> UUID | None:
    if username is None:
        return None
    with transaction(resources.sessions) as db:
        user = accounts.find_by_login(db, username)
    if user is None:
        raise NotFound
    return user.id


def _import(
    resources: Resources, importer: service.Importer, path: Path, options: service.Options
) -> bool:
    faults = Faults()

    def read(files: PackageFiles) -> list[service.Imported]:
        return service.import_packages(resources, importer, files, faults, options)

    try:
        if path.is_dir():
            imported = read(FolderFiles(path, faults))
        else:
            with path.open("rb") as file:
                imported = read(open_upload(file, path.name, faults))
    except OSError as error:
        _say(f"{path}: {error.strerror}")
        return False
    except PackageInvalidError as error:
        _say(f"{path}: refused")
        _list("error", error.faults.errors)
        _list("warning", error.faults.warnings)
        return False
    verb = "would be imported" if options.dry_run else "imported"
    for one in imported:
        _say(f"{path}: {verb} as {one.slug} with {one.test_case_count} test cases")
    _list("warning", faults.warnings)
    return True


def _list(kind: str, faults: list[Fault]) -> None:
    translator = Translator([SHARED_MESSAGES, MESSAGES])
    for detail in report.say_all(faults, translator, LOCALE):
        place = f"{detail['file']}:{detail['line']}" if detail["line"] else detail["file"]
        _say(f"  {kind}: {place or 'package'}: {detail['message']}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
