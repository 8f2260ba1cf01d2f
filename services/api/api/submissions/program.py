"""A program as it was sent: checked before anything is written. Pure."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.errors import Faults, Unprocessable

MAX_FILES: Final = 20
FILENAME: Final = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99}$")
ENTRY_POINT: Final = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.+$-]{0,99}$")


@dataclass(frozen=True)
class SentFile:
    """One file of several, as it came."""

    name: str
    content_base64: str


@dataclass(frozen=True)
class Sent:
    """The part of a request that holds the program: either `source` or `files`."""

    source: str | None = None
    filename: str | None = None
    files: Sequence[SentFile] | None = None
    entry_point: str | None = None


@dataclass(frozen=True)
class File:
    """One file; no name yet when it came as `source` alone."""

    name: str | None
    content: bytes


def read_program(sent: Sent, limit_bytes: int, faults: Faults) -> list[File]:
    """Return the files; what is wrong goes to `faults`, by field."""
    if sent.entry_point is not None and not ENTRY_POINT.match(sent.entry_point):
        faults.add("entry_point", "filename_invalid")
    if sent.files is not None:
        return _read_files(sent, sent.files, limit_bytes, faults)
    if sent.filename is not None and not FILENAME.match(sent.filename):
        faults.add("filename", "filename_invalid")
    if sent.source is None:
        faults.add("source", "source_missing")
        return []
    content = sent.source.encode()
    _check(content, "source", faults)
    _check_size(len(content), "source", limit_bytes, faults)
    return [File(sent.filename, content)]


def _read_files(
    sent: Sent, files: Sequence[SentFile], limit_bytes: int, faults: Faults
) -> list[File]:
    if sent.source is not None:
        faults.add("files", "source_twice")
    if sent.filename is not None:
        faults.add("filename", "filename_with_files")
    read: list[File] = []
    names: set[str] = set()
    for index, file in enumerate(files):
        if not FILENAME.match(file.name):
            faults.add(f"files.{index}.name", "filename_invalid")
        elif file.name.lower() in names:
            faults.add(f"files.{index}.name", "filename_twice")
        names.add(file.name.lower())
        content = _decode(file.content_base64, f"files.{index}.content_base64", faults)
        _check(content, f"files.{index}.content_base64", faults)
        read.append(File(file.name, content))
    _check_size(sum(len(file.content) for file in read), "files", limit_bytes, faults)
    return read


def _decode(text: str, name: str, faults: Faults) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        faults.add(name, "content_not_base64")
        # Not empty, so that one fault is told and not two.
        return b"?"


def _check(content: bytes, name: str, faults: Faults) -> None:
    if not content.strip():
        faults.add(name, "source_empty")
    elif b"\0" in content:
        faults.add(name, "source_has_nul")


def _check_size(size: int, name: str, limit_bytes: int, faults: Faults) -> None:
    if size > limit_bytes:
        faults.add(name, "source_too_long", limit=limit_bytes, size=size)


def raise_precisely(faults: Faults) -> None:
    """Raise what was found: a single fault under its own code, several as `validation_failed`.

    Raises:
        Unprocessable: a fault was noted.

    """
    try:
        faults.raise_if_any()
    except Unprocessable as error:
        texts = [text for texts in (error.fields or {}).values() for text in texts]
        if len(texts) != 1:
            raise
        only = texts[0]
        params: dict[str, Any] = dict(only.params)
        raise Unprocessable(only.code, fields=error.fields, **params) from None


def usual_name(language_id: str, extensions: Sequence[str]) -> str:
    """Return the name of a file that came without one."""
    stem = "Main" if language_id in ("java", "kotlin", "scala") else "main"
    return f"{stem}.{extensions[0]}" if extensions else stem
