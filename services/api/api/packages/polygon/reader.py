"""A full Polygon package to a `Package`. `doall` and the generators are never run."""

from __future__ import annotations

import re
from typing import Final

from api.packages.cases import check_cases
from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.package import Loaded, Package, PackageCase, PackageLimits
from api.packages.polygon.programs import read_solutions
from api.packages.polygon.statements import read_statements
from api.packages.testlib import standard_checker
from api.packages.titles import clean_tags
from api.packages.xml_reader import Element, read_xml_file
from contracts.judging import Checker

FILE: Final = "problem.xml"
MAX_MILLISECONDS: Final = 300_000
MAX_MEMORY_BYTES: Final = 4096 << 20

_PATTERN: Final = re.compile(r"^([^%]*)%0?(\d?)d([^%]*)$")


def recognises(files: PackageFiles) -> bool:
    """Tell whether there is a `problem.xml`, at the root or in the one folder."""
    return _root(files) is not None


def _root(files: PackageFiles) -> str | None:
    if FILE in files.sizes:
        return ""
    folders = {path.split("/", 1)[0] for path in files.sizes}
    folder = next(iter(folders), "")
    return f"{folder}/" if len(folders) == 1 and f"{folder}/{FILE}" in files.sizes else None


def read_polygon(files: PackageFiles, faults: Faults) -> list[Loaded]:
    """Read the one problem."""
    root = _root(files)
    if root is None:
        faults.error("file_missing", FILE)
        return []
    problem = read_xml_file(files, f"{root}{FILE}", faults)
    if problem is None:
        return []
    return [Loaded(_Reader(files, root, problem, faults).read(), files)]


class _Reader:
    def __init__(self, files: PackageFiles, root: str, problem: Element, faults: Faults) -> None:
        self._files, self._root, self._problem, self._faults = files, root, problem, faults
        self._file = f"{root}{FILE}"

    def read(self) -> Package:
        problem, faults = self._problem, self._faults
        if problem.tag != "problem":
            faults.error("element_missing", self._file, problem.line, element="problem")
        self._refuse()
        testset = self._testset()
        tags = problem.find("tags")
        short = problem.attributes.get("short-name", "")
        return Package(
            name_hint=short or self._root.rstrip("/") or self._files.name_hint,
            statements=read_statements(self._files, self._root, problem, faults),
            cases=check_cases(self._cases(testset) if testset else [], self._file, faults),
            limits=self._limits(testset) if testset else PackageLimits(),
            checker=self._checker(),
            programs=read_solutions(self._files, self._root, problem, faults),
            tags=clean_tags(
                tag.attributes.get("value", "") for tag in (tags.children if tags else [])
            ),
        )

    def _not_supported(self, element: Element, feature: str) -> None:
        self._faults.error("not_supported", self._file, element.line, feature=feature)

    def _refuse(self) -> None:
        judging = self._problem.find("judging")
        for name in ("input-file", "output-file"):
            if judging and judging.attributes.get(name):
                self._not_supported(judging, f"{name}: {judging.attributes[name]}")
        if judging and judging.attributes.get("run-count", "1") != "1":
            self._not_supported(judging, "run-count")
        interactor = self._problem.find("assets", "interactor")
        if interactor:
            self._not_supported(interactor, "interactor")
        validators = self._problem.find("assets", "validators")
        if validators and validators.children:
            self._faults.warn("input_validators_not_run", self._file, validators.line)
        resources = self._problem.find("files", "resources")
        for file in resources.all("file") if resources else []:
            uses = [asset.attributes.get("name") for asset in file.every() if asset.tag == "asset"]
            if "solution" in uses:
                self._not_supported(file, f"grader {file.attributes.get('path', '')}")

    def _testset(self) -> Element | None:
        judging = self._problem.find("judging")
        testsets = judging.all("testset") if judging else []
        if not testsets:
            line = self._problem.line
            self._faults.error("element_missing", self._file, line, element="testset")
            return None
        named = [one for one in testsets if one.attributes.get("name") == "tests"]
        chosen = (named or testsets)[0]
        for other in testsets:
            if other is not chosen:
                name = other.attributes.get("name", "")
                self._faults.warn("testset_ignored", self._file, other.line, name=name)
        return chosen

    def _limits(self, testset: Element) -> PackageLimits:
        memory = self._whole(testset, "memory-limit", MAX_MEMORY_BYTES)
        return PackageLimits(
            cpu_time_ms=self._whole(testset, "time-limit", MAX_MILLISECONDS),
            memory_kib=None if memory is None else -(-memory // 1024),
        )

    def _whole(self, parent: Element, tag: str, most: int) -> int | None:
        found = parent.find(tag)
        if found is None:
            self._faults.error("element_missing", self._file, parent.line, element=tag)
            return None
        text = found.text.strip()
        if not re.fullmatch(r"[0-9]{1,12}", text) or not 0 < int(text) <= most:
            self._faults.error(
                "key_wrong_type", self._file, found.line, key=tag, wanted=f"1 to {most}"
            )
            return None
        return int(text)

    def _cases(self, testset: Element) -> list[PackageCase]:
        groups = testset.find("groups")
        if groups and groups.children:
            self._not_supported(groups, "groups")
        patterns = [self._pattern(testset, f"{side}-path-pattern") for side in ("input", "answer")]
        tests = testset.find("tests")
        listed = tests.all("test") if tests else []
        scored = next((test for test in listed if "points" in test.attributes), None)
        if scored:
            self._not_supported(scored, "points")
        if None in patterns:
            return []
        cases = [self._case(n, test, *patterns) for n, test in enumerate(listed, 1)]
        return [case for case in cases if case]

    def _pattern(self, testset: Element, tag: str) -> re.Match[str] | None:
        found = testset.find(tag)
        if found is None:
            self._faults.error("element_missing", self._file, testset.line, element=tag)
            return None
        match = _PATTERN.match(found.text.strip())
        if match is None:
            self._faults.error(
                "key_wrong_type", self._file, found.line, key=tag, wanted="such as tests/%02d"
            )
        return match

    def _case(
        self, number: int, test: Element, *patterns: re.Match[str] | None
    ) -> PackageCase | None:
        paths = [
            f"{self._root}{found.group(1)}{number:0{int(found.group(2) or 1)}}{found.group(3)}"
            for found in patterns
            if found
        ]
        missing = [path for path in paths if path not in self._files.sizes]
        for path in missing:
            self._faults.error("test_not_in_package", path)
        if missing:
            return None
        is_sample = test.attributes.get("sample") == "true"
        group = "sample" if is_sample else "secret"
        return PackageCase(f"{number:03}", group, is_sample, *paths)

    def _checker(self) -> Checker:
        checker = self._problem.find("assets", "checker")
        if checker is None:
            line = self._problem.line
            self._faults.error("element_missing", self._file, line, element="checker")
            return Checker()
        name = checker.attributes.get("name", "")
        found = standard_checker(name) if name.startswith("std::") else None
        if found is None:
            source = checker.find("source")
            name = name or (source.attributes.get("path", "") if source else "")
            self._not_supported(checker, f"checker {name}".strip())
            return Checker()
        if name.startswith("std::lcmp"):
            self._faults.warn("line_breaks_not_compared", self._file, checker.line)
        return found
