"""Whether a password is among those that everybody tries first. Pure.

Instead of a list of thousands: the words such lists are made of, and the ways people dress them
up (digits and marks at the ends, letters replaced by digits, repetition, keyboard runs).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

_LEET: Final = str.maketrans("@4013$5!7", "aaolessit")
_DRESS: Final = "0123456789!@#$%^&*()-_=+.,?~ "
_RUNS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "01234567890",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmikolp",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwerasdfzxcv",
)
_MIN_RUN: Final = 4
_KEPT: Final = 3
"""What is left of a password besides a common word counts only if it is longer than this."""


def is_common(password: str) -> bool:
    """Whether the password is a common word, run or repetition, dressed up or not."""
    typed = password.casefold()
    forms = {
        typed,
        typed.strip(_DRESS),
        typed.translate(_LEET),
        typed.strip(_DRESS).translate(_LEET),
    }
    forms |= {form.strip(_DRESS) for form in forms}
    return any(_is_weak(form) for form in forms)


def _is_weak(form: str) -> bool:
    if len(form) <= _KEPT:
        return True
    return form in _words() or _is_repetition(form) or _is_made_of_runs(form)


def _is_repetition(form: str) -> bool:
    """Whether a piece of at most half of it makes up the whole, as in `abcabcabc`."""
    return re.fullmatch(r"(.{1,4}?)\1+", form) is not None or len(set(form)) <= _KEPT - 1


def _is_made_of_runs(form: str) -> bool:
    """Whether keyboard or alphabet runs of four and more make up the whole."""
    position = 0
    while position < len(form):
        length = _run_at(form, position)
        if length < min(_MIN_RUN, len(form) - position):
            return False
        position += length
    return True


def _run_at(form: str, position: int) -> int:
    """Return the length of the longest run that starts there, forwards or backwards."""
    for length in range(len(form) - position, 0, -1):
        piece = form[position : position + length]
        if any(piece in run or piece in run[::-1] for run in _RUNS):
            return length
    return 0


@cache
def _words() -> frozenset[str]:
    text = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split() if not line.startswith("#"))
