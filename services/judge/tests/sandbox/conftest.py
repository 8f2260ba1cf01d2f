"""One real pool for the session, and programs compiled once."""

import functools
import os
from collections.abc import Callable, Iterator

import pytest

from judge.sandbox import rig
from judge.sandbox.build import build
from judge.sandbox.daemon import BoxdSettings, find_boxd
from judge.sandbox.interface import Slot
from judge.sandbox.pool import BoxdSlotPool
from judge.sandbox.runtimes import default_binds


@pytest.fixture(scope="session")
def boxd_settings() -> BoxdSettings:
    if "JUDGE_BOXD" not in os.environ:
        build()
    return BoxdSettings(find_boxd(os.environ), default_binds())


@pytest.fixture(scope="session")
def pool(boxd_settings: BoxdSettings) -> Iterator[BoxdSlotPool]:
    made = BoxdSlotPool(boxd_settings, size=2)
    yield made
    made.close()


@pytest.fixture
def slot(pool: BoxdSlotPool) -> Iterator[Slot]:
    with pool.acquire(timeout_s=30) as held:
        yield held


@pytest.fixture(scope="session")
def program() -> Callable[[str], bytes]:
    return functools.cache(rig.compile_c)
