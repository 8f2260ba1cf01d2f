"""`data/`: which test cases there are, in which order, and the arguments of their checking."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from api.packages.faults import Faults
from api.packages.fields import Fields
from api.packages.files import PackageFiles
from api.packages.kattis.flags import read_flags
from api.packages.kattis.metadata import Flavour
from api.packages.package import PackageCase
from api.packages.texts import read_yaml_file
from contracts.judging import Checker

MAX_CASES: Final = 2_000

_SECTIONS: Final = ("sample", "secret")
_GROUP_FILES: Final = ("testdata.yaml", "test_group.yaml")
_UNUSED: Final = (".hint", ".desc", ".png", ".jpg", ".jpeg", ".svg", ".md")
"""For people; nothing about judging."""
_DISPLAY: Final = (".in.statement", ".ans.statement", ".in.download", ".ans.download")
_NO_EFFECT: Final = frozenset(
    {
        *("input_validator_flags", "input_validator_args", "full_feedback", "hint"),
        *("description", "input_visualizer_args", "output_visualizer_args"),
    }
)
_CHANGES_VERDICT: Final = {"always_accept", "accept_if_any_accepted"}
_LEGACY_PLAIN: Final = {"on_reject": ("break",), "grading": ("default",)}


@dataclass(frozen=True)
class TestData:
    """The cases in the order of judging, and the arguments that some of them come with."""

    __test__ = False

    cases: tuple[PackageCase, ...] = ()
    checker: Checker | None = None
    """None: nothing said here, `problem.yaml` decides."""


def read_test_data(files: PackageFiles, flavour: Flavour, faults: Faults) -> TestData:
    """Find the cases; groups and arguments that we could not honour are faults."""
    paths = [path for path in sorted(files.sizes, key=_by_parts) if path.startswith("data/")]
    cases = [case for section in _SECTIONS for case in _pair(paths, section, faults)]
    if not cases:
        faults.error("no_test_cases", "data")
    secret = [case for case in cases if not case.is_sample]
    if cases and not secret:
        faults.warn("no_secret_cases", "data/secret")
    if len(cases) > MAX_CASES:
        faults.error("too_many_cases", "data", limit=MAX_CASES)
    if (
        flavour is Flavour.CURRENT
        and len({"/" in c.name[7:] for c in cases if not c.is_sample}) > 1
    ):
        faults.error("groups_mixed", "data/secret")
    checkers = _Checkers(files, flavour, faults)
    return TestData(tuple(cases), checkers.common(paths, cases))


def _by_parts(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


def _pair(paths: Iterable[str], section: str, faults: Faults) -> list[PackageCase]:
    prefix = f"data/{section}/"
    found = {path for path in paths if path.startswith(prefix)}
    cases = []
    for path in sorted(found, key=_by_parts):
        if path.endswith(".in"):
            answer = path.removesuffix(".in") + ".ans"
            if answer not in found:
                faults.error("answer_missing", path, answer=answer)
            cases.append(_case(path, answer, section))
        elif path.endswith(".ans") and path.removesuffix(".ans") + ".in" not in found:
            faults.error("input_missing", path, input=path.removesuffix(".ans") + ".in")
        else:
            _judge_other_file(path, found, faults)
    # Lexicographic by name: `1.in` before `10.in`, which plain paths would turn round.
    return sorted(cases, key=lambda case: _by_parts(case.name))


def _case(path: str, answer: str, section: str) -> PackageCase:
    name = path.removeprefix("data/").removesuffix(".in")
    folder = posixpath.dirname(name)
    return PackageCase(
        name=name,
        group_name=folder.removeprefix("secret/") if folder != section else section,
        is_sample=section == "sample",
        input_path=path,
        answer_path=answer,
    )


def _judge_other_file(path: str, found: set[str], faults: Faults) -> None:
    name = posixpath.basename(path)
    if name in _GROUP_FILES or path.endswith((".ans", *_UNUSED)):
        return
    if ".files/" in path:
        faults.error("not_supported", path, feature="files/ (input by files)")
    elif path.endswith(".interaction"):
        faults.error("not_supported", path, feature="interactive samples (.interaction)")
    elif path.endswith(_DISPLAY):
        faults.warn("display_ignored", path)
    elif path.endswith(".yaml") and path.removesuffix(".yaml") + ".in" in found:
        return
    else:
        faults.warn("data_file_ignored", path)


def _is_case_file(path: str) -> bool:
    return path.startswith(tuple(f"data/{section}/" for section in _SECTIONS))


class _Checkers:
    """Reads the YAML files between the data; all cases must come to the same arguments."""

    def __init__(self, files: PackageFiles, flavour: Flavour, faults: Faults) -> None:
        self._files, self._flavour, self._faults = files, flavour, faults
        self._by_file: dict[str, tuple[str, ...] | None] = {}

    def common(self, paths: list[str], cases: list[PackageCase]) -> Checker | None:
        for path in paths:
            name = posixpath.basename(path)
            if name in _GROUP_FILES or (path.endswith(".yaml") and _is_case_file(path)):
                self._by_file[path] = self._read(path)
        arguments = {self._of_case(case) for case in cases}
        if len(arguments) > 1 and any(arguments):
            self._faults.error("not_supported", "data", feature="several validator arguments")
        if len(arguments) != 1 or (words := arguments.pop()) is None:
            return None
        return read_flags(words, self._file_that_says(words), None, self._faults)

    def _file_that_says(self, words: tuple[str, ...]) -> str:
        return next(path for path, said in self._by_file.items() if said == words)

    def _of_case(self, case: PackageCase) -> tuple[str, ...] | None:
        own = self._by_file.get(case.input_path.removesuffix(".in") + ".yaml")
        if own is not None:
            return own
        folder = posixpath.dirname(case.input_path)
        while folder.startswith("data"):
            for name in _GROUP_FILES:
                said = self._by_file.get(f"{folder}/{name}")
                if said is not None:
                    return said
            folder = posixpath.dirname(folder)
        return None

    def _read(self, path: str) -> tuple[str, ...] | None:
        document = read_yaml_file(self._files, path, self._faults)
        if document is None:
            return None
        fields = Fields(document, path, self._faults)
        said: tuple[str, ...] | None = None
        for key in fields.values:
            if key in ("output_validator_flags", "output_validator_args"):
                said = self._words(fields, key)
            elif key in _NO_EFFECT:
                continue
            elif not self._is_plain(fields, key):
                fields.not_supported(key, f"{posixpath.basename(path)}: {key}")
        return said

    def _words(self, fields: Fields, key: str) -> tuple[str, ...] | None:
        words = fields.texts(key)
        return None if words is None else tuple(" ".join(words).split())

    def _is_plain(self, fields: Fields, key: str) -> bool:
        """Tell whether a key only says what happens anyway."""
        if fields.values[key] in (None, [], {}, ""):
            return True
        if self._flavour is Flavour.CURRENT:
            return False
        if key == "grader_flags":
            return not _CHANGES_VERDICT & set(str(fields.values[key]).split())
        # Scores and ranges mean nothing in a pass-fail problem.
        scoring = ("accept_score", "reject_score", "range")
        return key in scoring or fields.values[key] in _LEGACY_PLAIN.get(key, ())
