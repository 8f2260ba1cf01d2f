"""What the tests of the whole share: a running stack, found or started."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.local_run.places import Place
from scripts.local_run.supervisor import Supervisor
from scripts.test.running_stack import RunningStack
from scripts.test.shared_stack import SharedStack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """The stack that `make test` started, or one of its own when pytest is called by hand."""
    given = os.environ.get("CODEPLACE_DATA_DIR")
    if given and Supervisor(Place.from_environment(os.environ)).is_running():
        yield RunningStack(Place.from_environment(os.environ))
        return
    own = SharedStack(Place.from_environment({}), Path(tmp_path_factory.mktemp("stack")))
    try:
        with own.running():
            yield RunningStack(Place.from_environment(os.environ))
    finally:
        own.stop()
