"""A judge that opens: languages tried in the real box, the header precompiled and used."""

from pathlib import Path

import pytest

from contracts.judging import PlaygroundCase, Program, RunLimits, SourceFile
from judge.cases import SentCase
from judge.cli import Result, opened_workshop, summarise
from judge.judging import Order, judge
from judge.languages.entry import prepare
from judge.opening import precompile
from judge.workshop import Workshop

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(300)]
SOURCE = b"#include <bits/stdc++.h>\nint main() { int a; std::cin >> a; std::cout << a; } // "


def judged(workshop: Workshop, remark: bytes) -> Result:
    language = workshop.registry.find("cpp")
    source = SourceFile(name="a.cpp", content=SOURCE + remark)
    events: list[object] = []
    turn = workshop.slots.own_turn()
    order = Order(
        language=language,
        prepared=prepare(language.data, Program(language="cpp", files=[source])),
        limits=RunLimits(cpu_time_ms=1000, memory_kib=65536),
        cases=[SentCase(PlaygroundCase(ordinal=1, input=b"5", answer=b"5"))],
    )
    judge(workshop.bench, order, turn, events.append)
    turn.leave()
    return summarise(events)  # type: ignore[arg-type]


def test_the_precompiled_header_is_used_and_changes_nothing_else(tmp_path: Path) -> None:
    with opened_workshop(tmp_path, frozenset({"cpp"})) as workshop:
        without = judged(workshop, b"without")
        precompile(workshop)
        made = tmp_path / "headers" / "cpp" / "bits" / "stdc++.h.gch"
        assert made.stat().st_mode & 0o222 == 0
        with_header = judged(workshop, b"with")
    assert without.verdict == with_header.verdict == "AC"
    assert without.compiled is not None
    assert with_header.compiled is not None
    assert with_header.compiled.cpu_time_ms < without.compiled.cpu_time_ms / 2


def test_a_language_that_is_switched_off_is_listed_as_such(tmp_path: Path) -> None:
    with opened_workshop(tmp_path, frozenset({"c"})) as workshop:
        described = {language.id: language for language in workshop.registry.described()}
    assert described["c"].available
    assert described["c"].version
    assert not described["cpp"].available
    assert described["cpp"].reason
