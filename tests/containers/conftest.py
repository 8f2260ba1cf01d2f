"""One engine, one set of base images and one compose project for all tests of the layer."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest

from .base_images import provide_base_images
from .client import Client
from .engine import Engine
from .machine import CACHE, UnfitMachineError, require_root
from .stack import Stack

log = logging.getLogger("containers")


class Announcer(logging.Handler):
    """Says each step on the terminal at once: the layer takes minutes and must not look hung."""

    def __init__(self, config: pytest.Config) -> None:
        super().__init__()
        self._reporter = config.pluginmanager.get_plugin("terminalreporter")
        self._capture = config.pluginmanager.get_plugin("capturemanager")
        self._begin = time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        assert isinstance(self._reporter, pytest.TerminalReporter)
        assert self._capture is not None
        elapsed = time.monotonic() - self._begin
        with self._capture.global_and_fixture_disabled():
            self._reporter.ensure_newline()
            self._reporter.write_line(f"[{elapsed:5.0f} s] {record.getMessage()}")


@pytest.fixture(scope="session", autouse=True)
def announced(pytestconfig: pytest.Config) -> Iterator[None]:
    handler = Announcer(pytestconfig)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield
    log.removeHandler(handler)


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    try:
        require_root()
        engine = Engine()
        engine.start()
    except UnfitMachineError as error:
        pytest.fail(str(error), pytrace=False)
    yield engine
    engine.stop()


@pytest.fixture(scope="session")
def stack(engine: Engine) -> Iterator[Stack]:
    """The project, prepared but not started."""
    provide_base_images(engine)
    stack = Stack(engine)
    stack.prepare()
    stack.down()
    yield stack
    stack.write_logs(CACHE / "last-run.log")
    log.info("what the containers said is in %s", CACHE / "last-run.log")
    stack.down()


@pytest.fixture(scope="session")
def running(stack: Stack) -> Stack:
    """The whole project, built, started and well."""
    begin = time.monotonic()
    stack.build()
    built = time.monotonic()
    log.info("built in %.0f s; starting everything", built - begin)
    stack.up()
    log.info("everything is well after %.0f s", time.monotonic() - built)
    stack.fetch_authority()
    return stack


@pytest.fixture(scope="session")
def client(running: Stack) -> Client:
    """Signed in as the demo's student, by token and over HTTPS."""
    return Client.of_demo_account(running, "student")
