"""Whatever is sent, a reader answers with faults: it never crashes and never hangs."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.packages.formats import FORMATS
from api.packages.package import Loaded
from api.packages.testing import Content, load, zipped

GENTLE = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None
)

MARKERS = {
    "kattis": "problem.yaml",
    "hydro": "testdata/config.yaml",
    "polygon": "problem.xml",
    "qduoj": "1/problem.json",
    "dmoj": "init.yml",
    "cms": "task.yaml",
    "fps": "a.xml",
    "bare": "1.in",
}
BESIDE: Mapping[str, Content] = {
    "problem.yaml": "title: x\n",
    "1.in": "1",
    "1.out": "1",
    "testdata/1.in": "",
    "testdata/1.out": "",
    "input/input0.txt": "",
    "output/output0.txt": "",
    "1/testcase/1.in": "",
}
WORDS = st.sampled_from(
    [
        *("type", "time", "memory", "subtasks", "cases", "checker", "test_cases", "archive", "in"),
        *("title", "name", "limits", "score", "spj", "samples", "input", "output", "n_input", "if"),
        *("test_case_score", "input_name", "1.in", "template", "answers", "tags", "langs", "type"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=12,
)
TAGS = st.sampled_from(
    [
        *("fps", "item", "problem", "title", "test_input", "test_output", "time_limit", "judging"),
        *("testset", "tests", "test", "names", "name", "assets", "checker", "solutions", "img"),
    ]
)


def check(kind: str, content: Content) -> None:
    _, found, faults = load({**BESIDE, MARKERS[kind]: content}, kind)
    assert found or faults.errors
    if not faults.errors:
        drain(found)


def drain(found: list[Loaded]) -> None:
    for one in found:
        assert one.package.cases
        assert one.package.statements
        for case in one.package.cases:
            assert sum(map(len, one.files.open(case.input_path))) >= 0


@pytest.mark.parametrize("kind", ["kattis", "hydro", "qduoj", "dmoj", "cms"])
@GENTLE
@given(values=st.dictionaries(WORDS, VALUES, max_size=8))
def test_odd_values_never_crash_a_reader(kind: str, values: dict[str, object]) -> None:

    check(kind, json.dumps(values))


@pytest.mark.parametrize("kind", sorted(FORMATS))
@GENTLE
@given(content=st.binary(max_size=300) | st.text(max_size=300))
def test_noise_never_crashes_a_reader(kind: str, content: Content) -> None:
    if isinstance(content, str):
        content = content.encode("utf-8", "replace")
    check(kind, content)


@st.composite
def documents(draw: st.DrawFn, depth: int = 4) -> str:
    tag = draw(TAGS)
    key, value = (
        draw(st.sampled_from(["name", "unit", "tag", "value", "language", "points"])),
        draw(st.sampled_from(["", "tests", "std::ncmp.cpp", "main", "s", "english"])),
    )
    inner = "" if depth == 0 else "".join(draw(st.lists(documents(depth - 1), max_size=3)))
    return (
        f'<{tag} {key}="{value}">{draw(st.sampled_from(["", "1", "x", "tests/%d"]))}{inner}</{tag}>'
    )


@pytest.mark.parametrize("kind", ["fps", "polygon"])
@GENTLE
@given(inner=st.lists(documents(), max_size=3), cut=st.integers(0, 400))
def test_odd_documents_never_crash_a_reader(kind: str, inner: list[str], cut: int) -> None:
    root = "fps" if kind == "fps" else "problem"
    whole = f"<{root}>{''.join(inner)}</{root}>"
    check(kind, whole if cut > 200 else whole[: len(whole) - cut])


@GENTLE
@given(
    names=st.lists(
        st.text("ab1/._-in", min_size=1, max_size=12) | st.sampled_from([*MARKERS.values()]),
        max_size=12,
        unique=True,
    )
)
def test_odd_names_never_crash_the_detection(names: list[str]) -> None:
    kind, found, faults = load(dict.fromkeys(names, "x"))
    assert kind is None or found or faults.errors


@GENTLE
@given(data=st.data())
def test_flipped_bytes_never_crash_the_detection(data: st.DataObject) -> None:
    whole = bytearray(zipped({**BESIDE, "1/problem.json": "{}"}).getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    kind, found, faults = load(bytes(whole))
    assert kind is None or found or faults.errors
