"""The samples and tests of one FPS item, told apart as they come."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from api.packages.faults import Faults
from api.packages.made_files import MAX_MADE_BYTES, MadeFiles
from api.packages.package import PackageCase
from api.packages.xml_reader import Element

MAX_FILES: Final = 5_000


class ItemTests:
    """Puts each text on disk at once and pairs them when the item ends."""

    def __init__(self, files: MadeFiles, document: str, ordinal: int, faults: Faults) -> None:
        self._files, self._document, self._ordinal = files, document, ordinal
        self._faults = faults
        self._paths: dict[str, list[str]] = defaultdict(list)

    def add(self, element: Element) -> None:
        """Keep a text; HUSTOJ's line ends and what XML adds around it do not matter."""
        paths = self._paths[element.tag]
        path = f"{self._document}#{self._ordinal}/{element.tag}/{len(paths) + 1}"
        content = element.text.replace("\r\n", "\n").encode("utf-8", "replace")
        if len(paths) >= MAX_FILES or not self._files.add(path, content):
            limit = MAX_MADE_BYTES >> 20
            self._faults.error("package_too_large", self._document, element.line, limit=limit)
            return
        paths.append(path)

    def cases(self, line: int) -> list[PackageCase]:
        """Return the samples, then the tests."""
        inputs, outputs = self._paths["test_input"], self._paths["test_output"]
        if inputs and not outputs and len(inputs) % 2 == 0:
            # Some HUSTOJ versions write inputs and outputs in turn under one name.
            self._faults.warn("tests_alternate", self._document, line)
            inputs, outputs = inputs[::2], inputs[1::2]
        samples = self._pair(
            self._paths["sample_input"], self._paths["sample_output"], "sample", line
        )
        return samples + self._pair(inputs, outputs, "secret", line)

    def _pair(
        self, inputs: list[str], outputs: list[str], group: str, line: int
    ) -> list[PackageCase]:
        if len(inputs) != len(outputs):
            self._faults.error(
                "tests_uneven", self._document, line, inputs=len(inputs), outputs=len(outputs)
            )
            return []
        return [
            PackageCase(f"{group}/{number}", group, group == "sample", given, wanted)
            for number, (given, wanted) in enumerate(zip(inputs, outputs, strict=True), 1)
        ]
