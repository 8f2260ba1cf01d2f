"""The secret test data of the seed problems: made here, the same on every machine, kept nowhere.

Only `Random.random()` is used of Python's generator: it alone is promised to give the same numbers
for the same seed in every version.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Final

Case = tuple[str, str, str]
"""A name, an input and an answer."""

MANY: Final = 300_000
"""Enough that 4.5e10 pairs cannot be looked at in two seconds by anybody."""


def secret_files(slug: str) -> dict[str, bytes]:
    """Return the files of `data/secret` that a seed problem's package folder does not hold."""
    files: dict[str, bytes] = {}
    for name, given, answer in GENERATORS[slug]():
        files[f"data/secret/{name}.in"] = given.encode()
        files[f"data/secret/{name}.ans"] = answer.encode()
    return files


class Numbers:
    """Whole numbers by chance."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - test data, not a secret

    def between(self, least: int, most: int) -> int:
        """Return a number from `least` to `most`."""
        return least + int(self._random.random() * (most - least + 1))

    def many(self, count: int, least: int, most: int) -> list[int]:
        """Return several."""
        return [self.between(least, most) for _ in range(count)]


def a_plus_b() -> Iterator[Case]:
    """Yield sums around the limits of the usual types, then some by chance."""
    top = 10**18
    pairs = [
        ("01-zeros", 0, 0),
        ("02-cancel", -5, 5),
        ("03-over-32-bits", 2**31 - 1, 1),
        ("04-under-32-bits", -(2**31), -1),
        ("05-over-double", 2**53, 1),
        ("06-over-double-below-zero", -(2**53), -1),
        ("07-largest", top, top),
        ("08-smallest", -top, -top),
        ("09-far-apart", top, -top + 1),
    ]
    numbers = Numbers(1)
    pairs += [
        (f"{index:02}-chance", numbers.between(-top, top), numbers.between(-top, top))
        for index in range(10, 16)
    ]
    for name, a, b in pairs:
        yield name, f"{a} {b}\n", f"{a + b}\n"


def closest(marks: Sequence[int], target: int) -> int:
    """Return the smallest distance of a sum of two marks from the target."""
    ordered = sorted(marks)
    low, high = 0, len(ordered) - 1
    best = abs(ordered[0] + ordered[1] - target)
    while low < high:
        difference = ordered[low] + ordered[high] - target
        best = min(best, abs(difference))
        if difference < 0:
            low += 1
        else:
            high -= 1
    return best


def closest_pair_sum() -> Iterator[Case]:
    """Yield small traps first, then inputs that only n log n survives."""
    for name, marks, target in (*_small_marks(), *_large_marks()):
        given = f"{len(marks)} {target}\n{' '.join(map(str, marks))}\n"
        yield name, given, f"{closest(marks, target)}\n"


def _small_marks() -> Iterator[tuple[str, list[int], int]]:
    billion = 10**9
    yield "01-two", [3, -8], 0
    yield "02-all-equal", [7] * 6, 15
    yield "03-exact", [5, 11, -2, 30, 8], 28
    yield "04-one-weight-twice", [50, 0, 1, 103], 100
    yield "05-ends-not-neighbours", [-90, -50, -10, 10, 50, 100], 8
    yield "06-over-32-bits", [billion, billion, 999_999_999], -2 * billion
    yield "07-under-32-bits", [-billion, -billion, -999_999_999], 2 * billion
    yield "08-sum-over-32-bits", [2 * billion // 2, billion - 1, 3, -billion], 2 * billion - 2
    for index, size in enumerate((10, 30, 100, 300, 1000, 2000), start=9):
        numbers = Numbers(index)
        reach = size * size * 10
        yield (
            f"{index:02}-chance-{size}",
            numbers.many(size, -reach, reach),
            numbers.between(-reach, reach),
        )


def _large_marks() -> Iterator[tuple[str, list[int], int]]:
    """All marks even and the target odd: nobody meets it early and stops."""
    billion, numbers = 10**9, Numbers(2)
    half = billion // 2

    def even(count: int, least: int, most: int) -> list[int]:
        return [2 * number for number in numbers.many(count, least, most)]

    yield "15-large", even(MANY, -half, half), 123_456_789
    yield "16-large-ascending", sorted(even(MANY, -half, half)), -987_654_321
    yield "17-large-descending", sorted(even(MANY, 0, half), reverse=True), billion + 1
    yield "18-large-few-values", [2 * (number * 1000) for number in numbers.many(MANY, -9, 9)], 777
    spread = even(MANY // 2, -half, -half + 1000) + even(MANY // 2, half - 1000, half)
    yield "19-large-two-heaps", spread, 2 * billion - 1
    yield "20-large-all-equal", [billion] * MANY, -2 * billion


def around(r: int, start: tuple[int, int], end: tuple[int, int]) -> float:
    """Return the shortest way around the pond. All that can be exact is done in whole numbers."""
    (x1, y1), (x2, y2) = start, end
    out1 = math.sqrt(x1 * x1 + y1 * y1 - r * r)
    out2 = math.sqrt(x2 * x2 + y2 * y2 - r * r)
    between = math.atan2(abs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2)
    arc = between - math.atan2(out1, r) - math.atan2(out2, r)
    if arc > 0:
        return out1 + out2 + r * arc
    return math.sqrt((x1 - x2) ** 2 + (y1 - y2) ** 2)


def around_the_pond() -> Iterator[Case]:
    """Yield the special places one by one, then points by chance at several sizes."""
    walks = [*_special_walks(), *_chance_walks()]
    for name, r, start, end in walks:
        given = f"{r}\n{start[0]} {start[1]}\n{end[0]} {end[1]}\n"
        yield name, given, f"{around(r, start, end):.12g}\n"


Walk = tuple[str, int, tuple[int, int], tuple[int, int]]


def _special_walks() -> Iterator[Walk]:
    million = 10**6
    yield "01-same-point", 3, (5, -7), (5, -7)
    yield "02-same-point-on-edge", 5, (3, 4), (3, 4)
    yield "03-same-side-on-the-line", 1, (2, 0), (5, 0)
    yield "04-tangent", 2, (-3, 2), (4, 2)
    yield "05-just-blocked", 3, (-40, 2), (40, 3)
    yield "06-quarter-turn", 13, (5, 12), (12, -5)
    yield "07-half-turn-large", million, (million, 0), (-million, 0)
    yield "08-quarter-turn-large", million, (0, million), (million, 0)
    yield "09-from-edge-outwards", 25, (7, 24), (70, 240)
    yield "10-small-pond-far-away", 1, (-million, 0), (million, 0)
    yield "11-hardly-outside", 999_983, (million, 1), (-million, -1)
    yield "12-hardly-outside-near", 999_983, (million, 1), (million, -1)
    yield "13-corners", million, (million, million), (-million, -million)
    yield "14-passes-by", 999_999, (-million, million), (million, million)


def _chance_walks() -> Iterator[Walk]:
    for index, reach in enumerate((10, 100, 1000, 10_000, 10**5, 10**6, 10**6, 10**6), start=15):
        numbers = Numbers(index)
        r = numbers.between(reach // 4, reach // 2)
        yield (
            f"{index:02}-chance-{reach}",
            r,
            _outside(numbers, r, reach),
            _outside(numbers, r, reach),
        )


def _outside(numbers: Numbers, r: int, reach: int) -> tuple[int, int]:
    while True:
        x, y = numbers.between(-reach, reach), numbers.between(-reach, reach)
        if x * x + y * y >= r * r:
            return x, y


GENERATORS: Final[Mapping[str, Callable[[], Iterator[Case]]]] = {
    "a-plus-b": a_plus_b,
    "closest-pair-sum": closest_pair_sum,
    "around-the-pond": around_the_pond,
}
