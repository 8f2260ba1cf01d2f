"""The sandbox's own tests once more, on control groups version 2 and Debian 13's kernel."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = [pytest.mark.cgroup2, pytest.mark.timeout(2400)]


@pytest.fixture(scope="module")
def machine() -> ModuleType:
    spec = importlib.util.spec_from_file_location("machine", Path(__file__).with_name("machine.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_sandbox_holds_on_version_2(machine: ModuleType) -> None:
    code, console = machine.run_inside("tests/sandbox", 1200)
    assert code == 0, console[-6000:]
    assert "groups             v2" in console
