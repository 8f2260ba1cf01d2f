"""`problem.yaml` in its three flavours."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from api.packages.faults import Faults
from api.packages.fields import Fields
from api.packages.kattis.flags import read_flags
from api.packages.package import PackageLimits
from api.packages.titles import clean_tags
from api.packages.yaml_reader import YamlDocument
from contracts.judging import Checker

FILE: Final = "problem.yaml"


class Flavour(StrEnum):
    """Which rules the package follows."""

    LEGACY = "legacy"
    DRAFT = "2023-07-draft"
    CURRENT = "2025-09"


_VERSIONS: Final = {
    "": Flavour.LEGACY,
    "legacy": Flavour.LEGACY,
    "legacy-icpc": Flavour.LEGACY,
    "2023-07": Flavour.DRAFT,
    "2023-07-draft": Flavour.DRAFT,
    "2025-09-draft": Flavour.CURRENT,
    "2025-09": Flavour.CURRENT,
}

_COMMON: Final = frozenset(
    {
        *("problem_format_version", "type", "name", "uuid", "source", "license", "rights_owner"),
        *("limits", "keywords"),
    }
)
_LEGACY: Final = _COMMON | frozenset(
    ("author", "source_url", "validation", "validator_flags", "grading")
)
_CURRENT: Final = _COMMON | frozenset(
    ("version", "credits", "embargo_until", "languages", "allow_file_writing", "constants")
)
_KNOWN: Final = {
    Flavour.LEGACY: _LEGACY,
    Flavour.DRAFT: _LEGACY | _CURRENT,
    Flavour.CURRENT: _CURRENT,
}
_LIMITS_COMMON: Final = frozenset(
    {
        *("memory", "output", "code", "compilation_time", "compilation_memory"),
        *("validation_time", "validation_memory", "validation_output"),
        *("time_limit", "time_resolution"),
    }
)
_LIMITS: Final = {
    Flavour.LEGACY: _LIMITS_COMMON | {"time_multiplier", "time_safety_margin"},
    Flavour.DRAFT: _LIMITS_COMMON
    | {"time_multiplier", "time_safety_margin", "time_multipliers", "validation_passes"},
    Flavour.CURRENT: _LIMITS_COMMON | {"time_multipliers", "validation_passes"},
}
_LICENSES: Final = frozenset(
    ("unknown", "public domain", "cc0", "cc by", "cc by-sa", "educational", "permission")
)
_CONSTANT_NAME: Final = re.compile(r"^[a-zA-Z_][a-zA-Z0-9_]*$")

MAX_SECONDS: Final = 300
MAX_MEMORY_MIB: Final = 4096
MAX_OUTPUT_MIB: Final = 256
MAX_CODE_KIB: Final = 512
"""What this site can honour; a package that states more is refused, as the format demands."""

LEGACY_MEMORY_MIB: Final = 2048
LEGACY_OUTPUT_MIB: Final = 8
"""Defaults that the legacy format itself fixes."""


@dataclass(frozen=True)
class Metadata:
    """What `problem.yaml` says, as far as the site uses it."""

    flavour: Flavour = Flavour.LEGACY
    names: dict[str, str] = field(default_factory=dict)
    """By language; the key "" stands for a plain text."""
    limits: PackageLimits = field(default_factory=PackageLimits)
    checker: Checker = field(default_factory=Checker)
    languages: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    source: str = ""
    license: str = ""
    constants: dict[str, str] = field(default_factory=dict)
    custom_validation: bool = False


def read_metadata(document: YamlDocument, faults: Faults) -> Metadata:
    """Read everything, noting each fault; what is wrong counts as not said."""
    fields = Fields(document, FILE, faults)
    flavour = _read_flavour(fields)
    fields.refuse_unknown(_KNOWN[flavour])
    _refuse_types(fields)
    return Metadata(
        flavour=flavour,
        names=_read_names(fields, flavour),
        limits=_read_limits(Fields(document, FILE, faults, "limits"), flavour),
        checker=_read_checker(fields, faults),
        languages=_read_languages(fields),
        tags=_read_tags(fields),
        source=_read_source(fields),
        license=_read_license(fields),
        constants=_read_constants(Fields(document, FILE, faults, "constants")),
        custom_validation=_refuse_validation(fields),
    )


def _read_flavour(fields: Fields) -> Flavour:
    version = fields.text("problem_format_version") or ""
    flavour = _VERSIONS.get(version)
    if flavour is None:
        fields.wrong("problem_format_version", "legacy, legacy-icpc, 2023-07-draft or 2025-09")
        return Flavour.CURRENT
    if flavour is Flavour.CURRENT and not fields.text("uuid"):
        # Required by the format, but nothing is judged wrongly without it.
        fields.warn("uuid_missing", "uuid")
    if version.endswith("-draft") or flavour is Flavour.DRAFT:
        fields.warn("draft_format", "problem_format_version", version=version)
    return flavour


def _refuse_types(fields: Fields) -> None:
    value = fields.texts("type") or []
    # Drafts also write `type: pass-fail interactive`.
    kinds = [kind for text in value for kind in text.split()]
    for kind in kinds:
        if kind in ("scoring", "interactive", "multi-pass", "submit-answer"):
            fields.not_supported("type", f"type: {kind}")
        elif kind != "pass-fail":
            fields.wrong("type", "pass-fail, scoring, interactive, multi-pass or submit-answer")
    grading = fields.values.get("grading")
    if grading is not None and not isinstance(grading, dict):
        fields.wrong("grading", "a mapping")


def _refuse_validation(fields: Fields) -> bool:
    words = (fields.text("validation") or "default").split()
    if "interactive" in words:
        fields.not_supported("validation", "validation: custom interactive")
    elif words[:1] == ["custom"]:
        fields.not_supported("validation", "validation: custom")
    elif words != ["default"]:
        fields.wrong("validation", "default or custom [score] [interactive]")
    return words[:1] == ["custom"]


def _read_names(fields: Fields, flavour: Flavour) -> dict[str, str]:
    value: Any = fields.values.get("name")
    if isinstance(value, dict):
        names = {str(key): str(text).strip() for key, text in value.items() if text is not None}
        if all(names.values()):
            return names
        fields.wrong("name", "a text, or a mapping from languages to texts")
        return {}
    name = fields.text("name")
    if not name and flavour is Flavour.CURRENT and "name" not in fields.values:
        fields.missing("name")
    return {"": name} if name else {}


def _read_limits(limits: Fields, flavour: Flavour) -> PackageLimits:
    limits.refuse_unknown(_LIMITS[flavour])
    seconds = limits.number("time_limit", MAX_SECONDS)
    memory = limits.whole("memory", MAX_MEMORY_MIB)
    output = limits.whole("output", MAX_OUTPUT_MIB)
    code = limits.whole("code", MAX_CODE_KIB)
    if flavour is Flavour.LEGACY:
        memory = memory or LEGACY_MEMORY_MIB
        output = output or LEGACY_OUTPUT_MIB
    return PackageLimits(
        cpu_time_ms=None if seconds is None else math.ceil(seconds * 1000),
        memory_kib=None if memory is None else memory * 1024,
        output_kib=None if output is None else output * 1024,
        source_bytes=None if code is None else code * 1024,
    )


def _read_checker(fields: Fields, faults: Faults) -> Checker:
    flags = fields.values.get("validator_flags")
    words = flags if isinstance(flags, list) else str(flags or "").split()
    return read_flags([str(word) for word in words], FILE, fields.line("validator_flags"), faults)


def _read_languages(fields: Fields) -> tuple[str, ...] | None:
    languages = fields.texts("languages")
    if languages is None or languages == ["all"]:
        return None
    if not languages:
        fields.wrong("languages", "all, or a list of at least one language")
        return None
    return tuple(dict.fromkeys(languages))


def _read_tags(fields: Fields) -> tuple[str, ...]:
    keywords = fields.texts("keywords") or []
    if len(keywords) == 1:
        # The legacy format writes them as one text with spaces or commas.
        keywords = re.split(r"[,\s]+", keywords[0]) if "," in keywords[0] else keywords
    return clean_tags(keywords)


def _read_source(fields: Fields) -> str:
    value: Any = fields.values.get("source")
    entries = value if isinstance(value, list) else [value] if value is not None else []
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
    if any(name is None or isinstance(name, (dict, list)) for name in names):
        fields.wrong("source", "a text, or entries with name and url")
        return ""
    return ", ".join(str(name) for name in names)[:500]


def _read_license(fields: Fields) -> str:
    value = (fields.text("license") or "").lower()
    if value and value not in _LICENSES:
        fields.wrong("license", ", ".join(sorted(_LICENSES)))
    return value


def _read_constants(constants: Fields) -> dict[str, str]:
    for name in constants.values:
        if not _CONSTANT_NAME.match(str(name)):
            constants.wrong(str(name), "a name of letters, digits and underscores")
    return {
        str(name): text
        for name in constants.values
        if (text := constants.text(str(name))) is not None
    }
