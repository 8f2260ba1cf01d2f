"""Text files of a package: UTF-8, of bounded size, with a fault for what is not."""

from __future__ import annotations

from typing import Final

from api.packages.faults import Faults
from api.packages.files import DamagedFileError, PackageFiles, read_small
from api.packages.yaml_reader import YamlDocument, YamlError, read_yaml

MAX_YAML_BYTES: Final = 64 << 10
MAX_TEXT_BYTES: Final = 1 << 20
MAX_ALL_TEXT_BYTES: Final = 48 << 20
"""All texts of one upload together: they are held in memory until they are stored."""


def may_keep(size: int, faults: Faults) -> bool:
    """Count a text that stays in memory; False when there would be too much of it."""
    faults.text_bytes += size
    return faults.text_bytes <= MAX_ALL_TEXT_BYTES


def read_bytes(
    files: PackageFiles, path: str, faults: Faults, limit: int = MAX_TEXT_BYTES
) -> bytes | None:
    """Return a small file, or None with a fault."""
    if files.sizes[path] <= limit and not may_keep(files.sizes[path], faults):
        faults.error("texts_too_large", path, limit=MAX_ALL_TEXT_BYTES >> 20)
        return None
    try:
        content = read_small(files, path, limit)
    except DamagedFileError:
        faults.error("damaged", path)
        return None
    if content is None:
        faults.error("text_too_large", path, limit=limit >> 10)
    return content


def read_text(
    files: PackageFiles, path: str, faults: Faults, limit: int = MAX_TEXT_BYTES
) -> str | None:
    """Return a text with Unix line ends, or None with a fault."""
    content = read_bytes(files, path, faults, limit)
    if content is None:
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.error("not_utf8", path, line)
        return None
    if "\0" in text:
        faults.error("has_nul", path, text.count("\n", 0, text.index("\0")) + 1)
        return None
    if text.startswith("\N{BYTE ORDER MARK}"):
        faults.warn("has_bom", path, 1)
        text = text[1:]
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_yaml_file(files: PackageFiles, path: str, faults: Faults) -> YamlDocument | None:
    """Return a YAML file, or None with a fault that names the line."""
    text = read_text(files, path, faults, MAX_YAML_BYTES)
    if text is None:
        return None
    try:
        return read_yaml(text)
    except YamlError as error:
        faults.error("yaml_malformed", path, error.line, reason=error.reason)
        return None
