"""Importing a package: read it whole, then write it in one transaction, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from api.actor import Actor
from api.errors import Conflict, Unprocessable
from api.packages import store
from api.packages.faults import Fault, Faults, PackageInvalidError
from api.packages.files import DamagedFileError, PackageFiles
from api.packages.formats import FORMATS, recognise
from api.packages.package import (
    DEFAULT_MEMORY_KIB,
    DEFAULT_OUTPUT_KIB,
    DEFAULT_SECONDS,
    DEFAULT_SOURCE_BYTES,
    Loaded,
    Package,
)
from api.packages.titles import slug_of
from api.problems.markdown import render
from api.problems.policy import ProblemAccess, may_change
from api.resources import Resources
from api.testdata.ports import BlobStore
from api.testdata.store import NewTestCase, PostgresBlobStore, add_data_set, same_cases
from database.base import new_id
from database.engine import transaction
from database.models import Problem

SLUG: Final = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")


@dataclass(frozen=True)
class Options:
    """How to import."""

    format: str = "auto"
    slug: str | None = None
    dry_run: bool = False
    publish: bool = False
    difficulty: str | None = None


@dataclass(frozen=True)
class Importer:
    """In whose name a package is imported."""

    author_id: UUID | None
    """The author of a problem that is new; an existing one keeps its own."""
    may_replace: Callable[[ProblemAccess], bool]


def person_importer(actor: Actor) -> Importer:
    """Return the importer that a request has."""
    return Importer(actor.user_id, lambda problem: may_change(actor, problem))


def operator_importer(author_id: UUID | None) -> Importer:
    """Return the importer of somebody at the site's own command line."""
    return Importer(author_id, lambda _: True)


@dataclass(frozen=True)
class Imported:
    """What came of it. In a dry run nothing was written and `number` may be None."""

    slug: str
    number: int | None
    title: str
    visibility: str
    data_set_version: int
    test_case_count: int
    created: bool
    warnings: list[Fault]


def import_package(
    resources: Resources,
    importer: Importer,
    files: PackageFiles,
    faults: Faults,
    options: Options,
) -> Imported:
    """Import a package of which one problem is expected; see `import_packages`."""
    return import_packages(resources, importer, files, faults, options)[0]


def import_packages(
    resources: Resources,
    importer: Importer,
    files: PackageFiles,
    faults: Faults,
    options: Options,
) -> list[Imported]:
    """Read a file and store the problems in it, all or none, as new ones or new versions.

    Raises:
        PackageInvalidError: with every fault that was found.
        Unprocessable: the format is unknown, or there is no usable slug.
        Conflict: a slug is used by somebody else's problem.

    """
    name = _format(files, faults, options)
    found = _read(files, faults, name)
    slugs = _slugs(found, options, named=name != "bare")
    with transaction(resources.sessions) as db:
        # Before hundreds of megabytes are stored for nothing; looked at again under the lock.
        known = [_replaceable(importer, store.find(db, slug), slug) for slug in slugs]
        if options.dry_run:
            _drain(found, faults)
            return [
                _preview(one.package, slug, existing, faults)
                for one, slug, existing in zip(found, slugs, known, strict=True)
            ]
        cases = _store_cases(found, PostgresBlobStore(db), faults)
        store.lock_imports(db)
        writer = _Writer(db, resources, importer, options, faults)
        return [
            writer.write(slug, one.package, stored)
            for slug, one, stored in zip(slugs, found, cases, strict=True)
        ]


@dataclass(frozen=True)
class _Writer:
    """Writes one problem after the other within the transaction, under the lock."""

    db: Session
    resources: Resources
    importer: Importer
    options: Options
    faults: Faults

    def write(self, slug: str, package: Package, cases: list[NewTestCase]) -> Imported:
        db = self.db
        existing = _replaceable(self.importer, store.find(db, slug, for_update=True), slug)
        problem = existing or _new_problem(db, self.importer, slug)
        _fill(problem, package, self.options)
        problem.updated_at = self.resources.clock.now()
        db.flush()
        version = _write_data(db, problem, cases)
        store.replace_statements(db, problem.id, _statements(package))
        store.replace_programs(db, problem.id, package.programs)
        return Imported(
            slug=slug,
            number=problem.number,
            title=package.statements[0].title,
            visibility=problem.visibility,
            data_set_version=version,
            test_case_count=len(cases),
            created=existing is None,
            warnings=self.faults.warnings,
        )


def _format(files: PackageFiles, faults: Faults, options: Options) -> str:
    if faults.errors:
        raise PackageInvalidError(faults)
    name = recognise(files) if options.format == "auto" else options.format
    if name is None:
        raise Unprocessable.field("package", "package_format_unknown")
    return name


def _read(files: PackageFiles, faults: Faults, name: str) -> list[Loaded]:
    found = FORMATS[name].read(files, faults)
    if faults.errors or not found:
        raise PackageInvalidError(faults)
    return found


def _slugs(found: Sequence[Loaded], options: Options, *, named: bool) -> list[str]:
    if not named and not options.slug:
        raise Unprocessable.field("slug", "slug_needed")
    if options.slug and len(found) > 1:
        raise Unprocessable.field("slug", "slug_for_several", count=len(found))
    slugs = [options.slug or slug_of(one.package.name_hint) for one in found]
    if not all(SLUG.match(slug) for slug in slugs):
        raise Unprocessable.field("slug", "slug_invalid")
    return slugs


def _replaceable(importer: Importer, problem: Problem | None, slug: str) -> Problem | None:
    if problem is None:
        return None
    if not importer.may_replace(ProblemAccess(problem.author_id, problem.visibility == "public")):
        raise Conflict("slug_taken", slug=slug)
    return problem


def _drain(found: Sequence[Loaded], faults: Faults) -> None:
    """Decompress everything that an import would store, so that damage shows."""
    for one in found:
        for case in one.package.cases:
            for path in (case.input_path, case.answer_path):
                _drain_file(one.files, path, faults)
    if faults.errors:
        raise PackageInvalidError(faults)


def _drain_file(files: PackageFiles, path: str, faults: Faults) -> None:
    try:
        for _ in files.open(path):
            pass
    except DamagedFileError:
        faults.error("damaged", path)


def _preview(package: Package, slug: str, existing: Problem | None, faults: Faults) -> Imported:
    return Imported(
        slug=slug,
        number=existing.number if existing else None,
        title=package.statements[0].title,
        visibility=existing.visibility if existing else "draft",
        data_set_version=0,
        test_case_count=len(package.cases),
        created=existing is None,
        warnings=faults.warnings,
    )


def _store_cases(
    found: Sequence[Loaded], blobs: BlobStore, faults: Faults
) -> list[list[NewTestCase]]:
    try:
        return [
            [
                NewTestCase(
                    name=case.name,
                    group_name=case.group_name,
                    is_sample=case.is_sample,
                    input=blobs.put(one.files.open(case.input_path)),
                    answer=blobs.put(one.files.open(case.answer_path)),
                )
                for case in one.package.cases
            ]
            for one in found
        ]
    except DamagedFileError as error:
        faults.error("damaged", error.path)
        raise PackageInvalidError(faults) from error


def _new_problem(db: Session, importer: Importer, slug: str) -> Problem:
    problem = Problem(
        id=new_id(),
        slug=slug,
        number=store.next_number(db),
        author_id=importer.author_id,
        visibility="draft",
        difficulty="low",
        tags=[],
    )
    db.add(problem)
    return problem


def _fill(problem: Problem, package: Package, options: Options) -> None:
    limits = package.limits
    problem.cpu_time_limit_ms = limits.cpu_time_ms or DEFAULT_SECONDS * 1000
    problem.memory_limit_kib = limits.memory_kib or DEFAULT_MEMORY_KIB
    problem.output_limit_kib = limits.output_kib or DEFAULT_OUTPUT_KIB
    problem.source_limit_bytes = limits.source_bytes or DEFAULT_SOURCE_BYTES
    problem.checker = msgspec.to_builtins(package.checker)
    problem.languages = list(package.languages) if package.languages is not None else None
    problem.source, problem.license = package.source, package.license
    # What the site knows and a package need not say survives a new version.
    problem.tags = list(package.tags) or problem.tags
    problem.difficulty = options.difficulty or problem.difficulty
    if options.publish:
        problem.visibility = "public"


def _write_data(db: Session, problem: Problem, cases: list[NewTestCase]) -> int:
    if problem.data_set_id is None or not same_cases(db, problem.data_set_id, cases):
        data_set_id = add_data_set(db, problem.id, cases)
        store.use_data_set(db, problem.id, data_set_id)
        return store.version_of(db, data_set_id)
    return store.version_of(db, problem.data_set_id)


def _statements(package: Package) -> list[dict[str, Any]]:
    return [
        {
            "locale": statement.locale,
            "title": statement.title,
            "source": statement.source,
            "html": render(statement.source),
        }
        for statement in package.statements
    ]
