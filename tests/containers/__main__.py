"""`python -m containers start|stop` in `tests/`: the engine by hand, to look around in it."""

from __future__ import annotations

import logging
import sys

from .engine import Engine
from .machine import require_root


def main(words: list[str]) -> int:
    """Start or stop the engine of the tests; starting names the settings a client needs."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    require_root()
    engine = Engine()
    if words == ["start"]:
        engine.start()
        for name, value in engine.env.items():
            sys.stdout.write(f"export {name}={value}\n")
        return 0
    if words == ["stop"]:
        engine.stop()
        return 0
    sys.stderr.write("usage: python -m containers start|stop\n")
    return 2


sys.exit(main(sys.argv[1:]))
