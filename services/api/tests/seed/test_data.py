from __future__ import annotations

import hashlib
import math
from itertools import combinations, pairwise

import pytest

from api.packages.faults import Faults
from api.packages.kattis.reader import read_kattis
from api.seed.data import GENERATORS, Numbers, around, closest, secret_files
from api.seed.files import PROBLEMS as FOLDERS
from api.seed.files import SeedFiles
from api.seed.service import PROBLEMS


@pytest.mark.parametrize("slug", [problem.slug for problem in PROBLEMS])
def test_a_seed_package_is_without_fault_or_warning(slug: str) -> None:
    faults = Faults()
    package = read_kattis(SeedFiles(slug, faults), faults)
    assert (faults.errors, faults.warnings) == ([], [])
    assert [statement.locale for statement in package.statements] == ["en", "ko"]
    assert sum(case.is_sample for case in package.cases) == 3
    languages = {program.language_id for program in package.programs}
    assert languages >= {"c", "cpp", "java", "python3", "javascript", "go", "rust"}


def test_every_verdict_is_expected_of_some_program() -> None:
    expected = set()
    for problem in PROBLEMS:
        faults = Faults()
        for program in read_kattis(SeedFiles(problem.slug, faults), faults).programs:
            assert program.expected_verdicts, program.path
            expected.add(program.expected_verdicts[0])
    assert expected == {"AC", "WA", "TLE", "RTE", "MLE", "OLE", "CE"}


def test_the_data_is_the_same_on_every_machine() -> None:
    digest = hashlib.sha256()
    for slug in sorted(GENERATORS):
        for path, content in sorted(secret_files(slug).items()):
            digest.update(path.encode() + content)
    assert digest.hexdigest()[:16] == "c9fe441c151caf22"


def test_the_closest_pair_is_the_closest_of_all_pairs() -> None:
    numbers = Numbers(7)
    for _ in range(300):
        marks = numbers.many(numbers.between(2, 9), -30, 30)
        target = numbers.between(-60, 60)
        assert closest(marks, target) == min(abs(a + b - target) for a, b in combinations(marks, 2))


def test_large_inputs_never_meet_their_target() -> None:
    files = secret_files("closest-pair-sum")
    large = [path for path in files if "large" in path and path.endswith(".ans")]
    assert len(large) == 6
    assert all(int(files[path]) > 0 for path in large)


def test_the_way_around_is_never_shorter_than_straight_and_the_same_both_ways() -> None:
    for path, content in secret_files("around-the-pond").items():
        if path.endswith(".in"):
            r, x1, y1, x2, y2 = map(int, content.split())
            there = around(r, (x1, y1), (x2, y2))
            assert there >= math.dist((x1, y1), (x2, y2)) * (1 - 1e-12)
            assert there == around(r, (x2, y2), (x1, y1))


def test_walking_along_a_polygon_comes_close() -> None:
    # Half a turn in short straight steps, each outside the pond by a hair.
    steps = [
        (math.cos(angle / 1000) * 5, math.sin(angle / 1000) * 5)
        for angle in range(math.floor(math.pi * 1000) + 1)
    ]
    walked = sum(math.dist(a, b) for a, b in pairwise(steps))
    assert around(5, (5, 0), (-5, 0)) == pytest.approx(walked, rel=1e-3)


def numbers_of(slug: str, sample: int, kind: str) -> list[float]:
    text = (FOLDERS / slug / "data" / "sample" / f"{sample}.{kind}").read_text()
    return [float(word) for word in text.split()]


@pytest.mark.parametrize("sample", [1, 2, 3])
def test_the_samples_answers_are_right(sample: int) -> None:
    assert numbers_of("a-plus-b", sample, "ans") == [sum(numbers_of("a-plus-b", sample, "in"))]
    _, target, *marks = map(int, numbers_of("closest-pair-sum", sample, "in"))
    assert numbers_of("closest-pair-sum", sample, "ans") == [closest(marks, target)]
    r, x1, y1, x2, y2 = map(int, numbers_of("around-the-pond", sample, "in"))
    way = around(r, (x1, y1), (x2, y2))
    assert numbers_of("around-the-pond", sample, "ans") == [pytest.approx(way, abs=1e-9)]
