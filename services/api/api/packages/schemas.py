"""What is sent and shown when a package is imported."""

from __future__ import annotations

from flask_smorest.fields import Upload  # type: ignore[import-untyped]
from marshmallow import fields

from api.packages.formats import FORMATS
from api.web.schemas import InputSchema, OutputSchema
from api.web.validators import length, one_of


class ImportFormSchema(InputSchema):
    """The form beside the file."""

    format = fields.String(load_default="auto", validate=one_of("auto", *FORMATS))
    slug = fields.String(load_default=None, validate=length(1, 64))
    dry_run = fields.Boolean(load_default=False)
    publish = fields.Boolean(load_default=False)


class ImportFilesSchema(InputSchema):
    """The file."""

    package = Upload(required=True, metadata={"description": "A zip, or FPS XML."})


class PackageNoteSchema(OutputSchema):
    """A warning."""

    code = fields.String(required=True)
    file = fields.String(required=True)
    line = fields.Integer(required=True, allow_none=True)
    message = fields.String(required=True)


class ImportedProblemSchema(OutputSchema):
    """The problem as it is now, or in a dry run as it would be."""

    slug = fields.String(required=True)
    number = fields.Integer(required=True, allow_none=True)
    title = fields.String(required=True)
    visibility = fields.String(required=True)
    data_set_version = fields.Integer(required=True)
    test_case_count = fields.Integer(required=True)
    created = fields.Boolean(required=True)


class ImportedSchema(OutputSchema):
    """Answer of an import. `problem` is the first of `problems`."""

    problem = fields.Nested(ImportedProblemSchema, required=True)
    problems = fields.List(fields.Nested(ImportedProblemSchema), required=True)
    warnings = fields.List(fields.Nested(PackageNoteSchema), required=True)
    dry_run = fields.Boolean(required=True)
