"""`/problems/import`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request

from api.errors import Unprocessable
from api.packages import policy, report, service
from api.packages.faults import Faults, PackageInvalidError
from api.packages.formats import open_upload
from api.packages.schemas import ImportedSchema, ImportFilesSchema, ImportFormSchema
from api.web.blueprint import Blueprint
from api.web.context import current_actor, reader_locale, resources, translator
from api.web.guards import guarded_by

V = TypeVar("V", bound=Callable[..., Any])

blueprint = Blueprint("packages", description="Problem packages.")


def takes_package(view: V) -> V:
    """Let the body be as large as a package; after the guard, before anything is read."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes through
        request.max_content_length = resources().settings.max_package_bytes
        return view(*args, **kwargs)

    return wrapped  # type: ignore[return-value]


@blueprint.route("/problems/import", methods=("POST",))
@guarded_by(policy.IMPORT)
@takes_package
@blueprint.arguments(ImportFormSchema, location="form")
@blueprint.arguments(ImportFilesSchema, location="files")
@blueprint.response(201, ImportedSchema)
def import_problem(form: dict[str, Any], files: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Import the problems of a file as new ones, or new versions of one's own; 200 in a dry run."""
    options, upload, faults = service.Options(**form), files["package"], Faults()
    importer = service.person_importer(current_actor())
    try:
        package = open_upload(upload.stream, upload.filename or "package.zip", faults)
        imported = service.import_packages(resources(), importer, package, faults, options)
    except PackageInvalidError as error:
        details = report.errors_of(error.faults, translator(), reader_locale())
        raise Unprocessable("package_invalid", details=details, count=len(details)) from error
    answer = {
        "problem": imported[0],
        "problems": imported,
        "warnings": report.say_all(faults.warnings, translator(), reader_locale()),
        "dry_run": options.dry_run,
    }
    return answer, 200 if options.dry_run else 201
