"""compare.c against its twin on made-up texts, and the cases that the rules name."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from importlib import util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contracts.judging import Checker, CheckerKind
from judge.checkers import native
from judge.sandbox.descriptors import sealed_memory
from judge.steps.check import Checked, check

_SPEC = util.spec_from_file_location("twin", Path(__file__).with_name("twin.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
twin: Any = util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(twin)

FOLDER = Path(tempfile.gettempdir()) / f"codeplace-checkers-{os.getuid()}"
COMPARER = native.load(FOLDER)

PIECES = st.sampled_from(
    [b" ", b"\n", b"\r\n", b"\t", b"\v", b"a", b"A", b"b", b"ab", b"\0", b"\xff", b"1", b"0", b"-",
     b".", b"1.5", b"e", b"1e3", b"nan", b"NaN", b"inf", b"0x10", b"x" * 70, b"7" * 65, b"\xc3\xa9"]
)  # fmt: skip
TEXT = st.lists(PIECES, max_size=12).map(b"".join)
NUMBERS = st.sampled_from(
    [b"1", b"1.0", b"+1", b"01", b"1e0", b"10e-1", b"1.", b".5", b"0.5", b"-0", b"0", b"0.0",
     b"1.1", b"1.09", b"123456789012345678901234567890", b"123456789012345678901234567891.5",
     b"1e300", b"1e-300", b"-5", b"nan", b"inf", b"x", b"1e", b"1e+", b".", b"+", b"0x1", b"1_0"]
)  # fmt: skip


@contextmanager
def memory(*contents: bytes) -> Iterator[list[int]]:
    descriptors = [sealed_memory(content) for content in contents]
    try:
        yield descriptors
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def same(answer: bytes, output: bytes, checker: Checker) -> bool:
    with memory(answer, output) as (left, right):
        return COMPARER.compare(left, right, native.options_for(checker)) is None


def message(answer: bytes, output: bytes, checker: Checker | None = None) -> str:
    with memory(answer, output) as (left, right):
        found = check(COMPARER, checker or Checker(), left, right)
    assert isinstance(found, Checked)
    return found.message


def mutations(text: bytes) -> st.SearchStrategy[bytes]:
    """The text itself, changed in one place: random pairs alone would nearly always differ."""

    def change(where: int, piece: bytes, cut: int) -> bytes:
        at = where % (len(text) + 1)
        return text[:at] + piece + text[at + cut :]

    return st.builds(
        change, st.integers(0, 1000), st.one_of(st.just(b""), PIECES), st.integers(0, 3)
    )


PAIRS = TEXT.flatmap(
    lambda text: st.tuples(
        st.just(text), st.one_of(TEXT, st.just(text.swapcase()), mutations(text))
    )
)


@settings(max_examples=600, deadline=None)
@given(pair=PAIRS, case_sensitive=st.booleans(), space_sensitive=st.booleans())
def test_tokens_agree_with_the_twin(
    pair: tuple[bytes, bytes], *, case_sensitive: bool, space_sensitive: bool
) -> None:
    checker = Checker(case_sensitive=case_sensitive, space_change_sensitive=space_sensitive)
    expected = twin.tokens(*pair, case_sensitive=case_sensitive, space_sensitive=space_sensitive)
    assert same(*pair, checker) == expected


@settings(max_examples=300, deadline=None)
@given(PAIRS)
def test_lines_and_exact_agree_with_the_twin(pair: tuple[bytes, bytes]) -> None:
    assert same(*pair, Checker(kind=CheckerKind.LINES)) == twin.lines(*pair)
    assert same(*pair, Checker(kind=CheckerKind.EXACT)) == (pair[0] == pair[1])


@settings(max_examples=600, deadline=None)
@given(
    pairs=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4),
    absolute=st.sampled_from([None, 0.0, 0.1, 1e-9]),
    relative=st.sampled_from([None, 0.0, 0.1, 1e-9]),
    space_sensitive=st.booleans(),
    between=st.sampled_from([b" ", b"\n", b"  "]),
)
def test_floats_agree_with_the_twin(
    *,
    pairs: list[tuple[bytes, bytes]],
    absolute: float | None,
    relative: float | None,
    space_sensitive: bool,
    between: bytes,
) -> None:
    checker = Checker(
        kind=CheckerKind.FLOATS,
        float_absolute_tolerance=absolute,
        float_relative_tolerance=relative,
        space_change_sensitive=space_sensitive,
    )
    for answer, output in pairs:
        assume(not _is_on_the_edge(answer, output, absolute, relative))
    answer = b" ".join(pair[0] for pair in pairs)
    output = between.join(pair[1] for pair in pairs)
    expected = twin.tokens(
        answer,
        output,
        floats=True,
        space_sensitive=space_sensitive,
        absolute=absolute,
        relative=relative,
    )
    assert same(answer, output, checker) == expected


def _is_on_the_edge(
    answer: bytes, output: bytes, absolute: float | None, relative: float | None
) -> bool:
    """Whether the difference is so near to the tolerance that 64 bits of mantissa may err."""
    expected, found = twin.number(answer), twin.number(output)
    if expected is None or found is None:
        return False
    off = abs(expected - found)
    noise = (abs(expected) + abs(found)) / 2**60
    edges = [Fraction(absolute or 0), Fraction(relative or 0) * abs(expected)]
    noise += max(edges) / 2**50  # tolerances are rounded up by one bit
    return any(abs(off - edge) <= noise and off != edge for edge in edges)


@pytest.mark.parametrize(
    ("answer", "output", "accepted"),
    [
        (b"1.0", b"1.1", True),
        (b"1.0", b"1.10001", False),
        (b"1.0", b"one", False),
        (b"nan", b"NaN", True),
        (b"nan", b"0", False),
        (b"1.0", b"nan", False),
        (b"inf", b"inf", True),
        (b"1e400", b"1e400", True),
        (b"1.0", b"1e999999999", False),
        (b"1.0", b"0x1", False),
        (b"0." + b"3" * 40, b"0." + b"3" * 35 + b"4", True),
        (b"1", b"1" + b"0" * 200_000, False),
        (b"x 1.0 y", b"X 1.0000001 Y", True),
    ],
)
def test_floats_within_a_tenth(answer: bytes, output: bytes, *, accepted: bool) -> None:
    checker = Checker(kind=CheckerKind.FLOATS, float_absolute_tolerance=0.1)
    assert same(answer, output, checker) is accepted


def test_numbers_at_the_very_edge_of_the_tolerance_pass() -> None:
    checker = Checker(kind=CheckerKind.FLOATS, float_absolute_tolerance=1e-6)
    assert same(b"0.123456", b"0.123457", checker)
    assert same(b"2", b"2.000001", checker)


def test_files_of_many_windows_are_compared_to_their_ends() -> None:
    long = b"1234567 " * (5 << 20)
    assert same(long, long, Checker())
    assert same(long, long.replace(b" ", b"\n"), Checker())
    assert same(long, long, Checker(kind=CheckerKind.LINES))
    assert not same(long + b"1", long + b"2", Checker())
    assert not same(long + b"x", long, Checker(kind=CheckerKind.EXACT))


def test_the_first_difference_is_named() -> None:
    assert message(b"1 2\n3 4\n", b"1 2\n3 5\n") == 'line 2, token 4: expected "4", found "5"'


def test_an_output_that_ends_early_is_named() -> None:
    assert message(b"1 2\n", b"1\n").endswith('expected "2", found the end of the output')


def test_an_output_that_goes_on_is_named() -> None:
    assert message(b"1\n", b"1 2\n").endswith('expected the end of the output, found "2"')


def test_a_long_token_is_cut() -> None:
    assert len(message(b"a" * 10_000, b"b" * 10_000)) < 250


def test_unprintable_bytes_are_escaped() -> None:
    said = message(b"ok", b"\x1b[31m\xff\x00\xe2\x80\xae")
    assert said.isprintable()
    assert "\\x1b" in said


def test_a_descriptor_that_cannot_be_mapped_is_our_fault() -> None:
    reader, writer = os.pipe()
    os.close(writer)
    with memory(b"1") as (answer,):
        found = check(COMPARER, Checker(), answer, -1)
    os.close(reader)
    assert not isinstance(found, Checked)
