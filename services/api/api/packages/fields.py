"""Reads typed values out of a YAML document and notes a fault with its line for each wrong one."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from api.packages.faults import Faults
from api.packages.yaml_reader import YamlDocument


class Fields:
    """A mapping of a YAML file; every getter returns None for what is absent or wrong."""

    def __init__(self, document: YamlDocument, file: str, faults: Faults, within: str = "") -> None:
        self._document, self._file, self._faults, self._within = document, file, faults, within
        self.file = file
        values: Any = document.values.get(within) if within else document.values
        self.values: Mapping[str, Any] = values if isinstance(values, dict) else {}
        if within and values is not None and not isinstance(values, dict):
            faults.error("key_wrong_type", file, self.line(), key=within, wanted="a mapping")

    def line(self, key: str = "") -> int | None:
        """Return the line of a key of this mapping, or of the mapping itself."""
        path = ".".join(part for part in (self._within, key) if part)
        return self._document.lines.get(path)

    def path(self, key: str) -> str:
        """Return a key's name with the mapping it is in."""
        return f"{self._within}.{key}" if self._within else key

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Note keys that the format does not have, and keys that are there twice."""
        for key in self.values:
            if key not in known:
                self._faults.error(
                    "key_unknown", self._file, self.line(str(key)), key=self.path(str(key))
                )
        if not self._within:
            for key in self._document.twice:
                self._faults.error("key_twice", self._file, self._document.lines[key], key=key)

    def text(self, key: str) -> str | None:
        """Return a text; numbers and dates are taken as they would be written."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, (dict, list, bool)):
            self._wrong(key, "a text")
            return None
        return str(value).strip()

    def texts(self, key: str) -> list[str] | None:
        """Return a list of texts; a single text counts as a list of one."""
        value = self.values.get(key)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, (str, int, float)) for item in items):
            self._wrong(key, "a list of texts")
            return None
        return [str(item) for item in items]

    def number(self, key: str, most: float) -> float | None:
        """Return a number above zero."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool):
            self._wrong(key, "a number")
            return None
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            self._wrong(key, "a number")
            return None
        if not math.isfinite(number) or not 0 < number <= most:
            self._wrong(key, f"above 0 and at most {most:g}")
            return None
        return number

    def whole(self, key: str, most: int) -> int | None:
        """Return a whole number above zero."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most:
            self._wrong(key, f"a whole number from 1 to {most}")
            return None
        return value

    def not_supported(self, key: str, feature: str) -> None:
        """Refuse what would be judged wrongly."""
        self._faults.error("not_supported", self._file, self.line(key), feature=feature)

    def wrong(self, key: str, wanted: str) -> None:
        """Note that a key's value is not what it must be."""
        self._wrong(key, wanted)

    def missing(self, key: str) -> None:
        """Note that a required key is not there."""
        self._faults.error("key_missing", self._file, self.line(), key=self.path(key))

    def warn(self, code: str, key: str, **params: object) -> None:
        """Note something about a key that its author should know."""
        self._faults.warn(code, self._file, self.line(key), **params)

    def _wrong(self, key: str, wanted: str) -> None:
        self._faults.error(
            "key_wrong_type", self._file, self.line(key), key=self.path(key), wanted=wanted
        )
