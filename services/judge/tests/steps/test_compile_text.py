"""What people see of a compiler's words."""

from hypothesis import given
from hypothesis import strategies as st

from judge.steps.compile import TEXT_BYTES, clean_text


def test_paths_of_the_box_are_taken_out() -> None:
    assert clean_text(b"/box/main.c:1: error\nIn file /box/a.h") == "main.c:1: error\nIn file a.h"


def test_colours_and_control_characters_are_taken_out() -> None:
    assert clean_text(b"\x1b[31mred\x1b[0m\x00\x07 tab\tline\n") == "red tab\tline\n"


def test_bytes_that_are_no_text_are_marked() -> None:
    assert clean_text(b"a\xffb") == "a�b"


@given(st.binary(max_size=100), st.integers(0, 3000))
def test_it_is_short_valid_and_free_of_nul(piece: bytes, times: int) -> None:
    text = clean_text(piece * times)
    assert len(text.encode()) <= TEXT_BYTES
    assert "\0" not in text
