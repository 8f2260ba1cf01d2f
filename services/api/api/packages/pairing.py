"""Which file is the answer to which input, by their names alone. Pure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from api.packages.faults import Faults
from api.packages.package import PackageCase

_INPUT: Final = frozenset({"in", "inp", "input", "i"})
_OUTPUT: Final = frozenset({"out", "ans", "answer", "output", "a", "o", "ou", "sol", "res"})
_FOLDERS: Final = {
    **dict.fromkeys(("in", "input", "inputs"), "in"),
    **dict.fromkeys(("out", "output", "outputs", "ans", "answer", "answers"), "out"),
}
_WORD: Final = re.compile(r"(?<![a-z])(input|output|answer|in|out|ans)(?![a-z])", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(\d+)")
_SAMPLE: Final = re.compile(r"(?:^|/)(?:samples?|examples?)(?![a-z])", re.IGNORECASE)
_GROUP: Final = re.compile(r"^([a-z]*\d+|[a-z]+)[-_.]\d+[a-z]?$", re.IGNORECASE)


@dataclass
class Pairs:
    """The pairs in the order of judging, and what belongs to none."""

    cases: list[PackageCase] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    doubles: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def pair(paths: Iterable[str], root: str = "") -> Pairs:
    """Pair `1.in` with `1.out`, `input1.txt` with `output1.txt`, `in/1` with `out/1` and so on."""
    found: dict[str, dict[str, str]] = {}
    pairs = Pairs()
    for path in sorted(paths, key=natural):
        side, key = _side(path.removeprefix(root))
        if side is None:
            pairs.others.append(path)
        elif side in found.setdefault(key, {}):
            pairs.doubles.append((path, found[key][side]))
        else:
            found[key][side] = path
    _adopt_bare_inputs(found, pairs)
    for sides in found.values():
        if len(sides) == len(("in", "out")):
            pairs.cases.append(case_of(sides["in"], sides["out"], root))
        else:
            pairs.inputs += [sides["in"]] if "in" in sides else []
            pairs.answers += [sides["out"]] if "out" in sides else []
    pairs.cases.sort(key=lambda case: (not case.is_sample, natural(case.name)))
    return pairs


def tell(pairs: Pairs, faults: Faults) -> None:
    """Refuse inputs without answers and the reverse, each by its name."""
    for path in pairs.inputs:
        faults.error("input_unpaired", path)
    for path in pairs.answers:
        faults.error("answer_unpaired", path)
    for path, other in pairs.doubles:
        faults.error("pair_twice", path, other=other)


def natural(path: str) -> list[tuple[int, str]]:
    """Return the key by which `2.in` comes before `10.in`."""
    parts = _NUMBER.split(path)
    return [
        (int(part[:18]) if index % 2 else -1, part)
        for index, part in enumerate(parts)
        if part or index % 2
    ]


def case_of(input_path: str, answer_path: str, root: str = "") -> PackageCase:
    """Return the case of these two files, named by its input."""
    name = input_path.removeprefix(root)
    folder, base = posixpath.split(name)
    match = _GROUP.match(base.partition(".")[0])
    group = match.group(1) if match else posixpath.basename(folder)
    is_sample = bool(_SAMPLE.search(name))
    return PackageCase(
        name=name,
        group_name="sample" if is_sample else group or "secret",
        is_sample=is_sample,
        input_path=input_path,
        answer_path=answer_path,
    )


def _side(path: str) -> tuple[str | None, str]:
    """Return whether this is an input or an answer, and the name that both would share."""
    folder, base = posixpath.split(path)
    stem, dot, extension = base.rpartition(".")
    if not dot:
        stem, extension = base, ""
    side = _side_of_word(extension.lower()) if dot else None
    word = _WORD.search(stem)
    if side is None and word:
        side = _side_of_word(word.group(1).lower())
        stem = f"{stem}.{extension}"
    if word:
        stem = stem[: word.start()] + "#" + stem[word.end() :]
    parts = [part.lower() for part in folder.split("/") if part]
    sides = [_FOLDERS[part] for part in parts if part in _FOLDERS]
    if side is None and sides:
        side = sides[-1]
    shared = "/".join("#" if part in _FOLDERS else part for part in parts)
    return side, f"{shared}/{stem}" if side else path


def _side_of_word(word: str) -> str | None:
    return "in" if word in _INPUT else "out" if word in _OUTPUT else None


def _adopt_bare_inputs(found: dict[str, dict[str, str]], pairs: Pairs) -> None:
    """`01` with `01.a`: a file without an extension whose name has an answer."""
    answers = {
        sides["out"].rpartition(".")[0]: sides
        for sides in found.values()
        if sides.keys() == {"out"}
    }
    for path in [path for path in pairs.others if path in answers]:
        answers[path]["in"] = path
        pairs.others.remove(path)
