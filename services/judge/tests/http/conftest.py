"""The judge under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.http.rig import Behaviour, Rig, running_judge


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture
def rig(tmp_path: Path, behaviour: Behaviour) -> Iterator[Rig]:
    with running_judge(tmp_path, behaviour) as running:
        yield running
