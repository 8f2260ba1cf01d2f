"""JSON of a stranger: bounded, with lines for the faults in it."""

from __future__ import annotations

import json
from typing import Any, Final

from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.texts import read_text

MAX_JSON_BYTES: Final = 4 << 20


class JsonFile:
    """An object at the root of a file; getters note a fault with its line for what is wrong."""

    def __init__(self, values: dict[str, Any], text: str, file: str, faults: Faults) -> None:
        self.values, self.file = values, file
        self._text, self._faults = text, faults

    def line(self, key: str) -> int | None:
        """Return the line where a key is first written."""
        at = self._text.find(f'"{key}"')
        return None if at < 0 else self._text.count("\n", 0, at) + 1

    def wrong(self, key: str, wanted: str) -> None:
        """Note that a key's value is not what it must be."""
        self._faults.error("key_wrong_type", self.file, self.line(key), key=key, wanted=wanted)

    def not_supported(self, key: str, feature: str) -> None:
        """Refuse what would be judged wrongly."""
        self._faults.error("not_supported", self.file, self.line(key), feature=feature)

    def text(self, key: str) -> str:
        """Return a text, or nothing."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, (dict, list, bool)):
            self.wrong(key, "a text")
            return ""
        return str(value).strip().replace("\0", "")

    def whole(self, key: str, most: int) -> int | None:
        """Return a whole number above zero, or None."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most:
            self.wrong(key, f"a whole number from 1 to {most}")
            return None
        return value

    def objects(self, key: str) -> list[dict[str, Any]]:
        """Return a list of objects."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(key, "a list of objects")
            return []
        return value


def read_json_file(files: PackageFiles, path: str, faults: Faults) -> JsonFile | None:
    """Return a JSON file whose root is an object, or None with a fault."""
    text = read_text(files, path, faults, MAX_JSON_BYTES)
    if text is None:
        return None
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        faults.error("json_malformed", path, error.lineno, reason=error.msg)
        return None
    except (ValueError, RecursionError) as error:
        # A number of ten thousand digits, or brackets without end.
        faults.error("json_malformed", path, None, reason=error)
        return None
    if not isinstance(values, dict):
        faults.error("json_malformed", path, 1, reason="the root must be an object")
        return None
    return JsonFile(values, text, path, faults)
