from __future__ import annotations

import subprocess
import sys

import pytest

from database.testing import TestDatabase

pytestmark = pytest.mark.database

PROGRAM = """
from gevent import monkey
monkey.patch_all()
import sys
import gevent
from api.live import postgres
from database.engine import make_engine
from sqlalchemy import text
postgres.give_way()
ticks = 0
def tick():
    global ticks
    while True:
        gevent.sleep(0.02)
        ticks += 1
gevent.spawn(tick)
engine = make_engine(sys.argv[1], pool_size=1, application="tests")
with engine.connect() as connection:
    connection.execute(text("SELECT 1"))
    ticks = 0
    connection.execute(text("SELECT pg_sleep(1)"))
sys.stdout.write(str(ticks))
"""


def test_other_greenlets_run_while_postgresql_works(database: TestDatabase) -> None:
    argv = [sys.executable, "-c", PROGRAM, database.url("api")]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)  # noqa: S603
    assert int(done.stdout) > 3
