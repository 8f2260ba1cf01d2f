"""boxd under the sanitizers, and its parser under mutated messages."""

import os
import secrets
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from judge.sandbox import rig
from judge.sandbox.build import build
from judge.sandbox.daemon import BoxdSettings
from judge.sandbox.interface import Collect, Outcome
from judge.sandbox.pool import BoxdSlotPool
from judge.sandbox.rig import SMALL, Wanted

pytestmark = pytest.mark.sandbox

Program = Callable[[str], bytes]
SLOWNESS = int(os.environ.get("JUDGE_TEST_SLOWNESS", "1"))


@pytest.fixture
def sanitized(
    boxd_settings: BoxdSettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BoxdSlotPool]:
    # Leaks cannot be looked for in a process that may not be dumped.
    monkeypatch.setenv("ASAN_OPTIONS", "detect_leaks=0")
    path = build("sanitized") / "boxd-sanitized"
    pool = BoxdSlotPool(replace(boxd_settings, path=path), size=1)
    yield pool
    pool.close()


def test_the_parser_survives_mutated_messages() -> None:
    fuzz = build("fuzz") / "fuzz-message"
    seed = str(secrets.randbelow(1 << 30))
    done = subprocess.run(  # noqa: S603  our own program
        [fuzz, str(500_000 // SLOWNESS), seed],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stdout}{done.stderr}"


def test_every_way_a_run_can_end_is_clean_under_the_sanitizers(
    sanitized: BoxdSlotPool, program: Program, capfd: pytest.CaptureFixture[str]
) -> None:
    spin = program("int main(){for(volatile long i=0;;i++);}")
    crash = program("int main(){*(volatile int*)8=1;}")
    quick = replace(SMALL, cpu_time_ms=50)
    wants = [
        (Wanted(argv=("/usr/bin/true",)), Outcome.EXITED),
        (Wanted(program=spin, limits=quick), Outcome.CPU_LIMIT),
        (Wanted(program=spin, limits=replace(quick, processes=4)), Outcome.CPU_LIMIT),
        (Wanted(program=crash), Outcome.SIGNALLED),
        (Wanted(program=b"\x7fELF"), Outcome.EXITED),
        (Wanted(argv=("/usr/bin/absent",)), Outcome.BROKEN),
        (Wanted(argv=("/usr/bin/true",), files={"../x": b""}), Outcome.BROKEN),
        (
            Wanted(
                argv=("/usr/bin/cp", "-r", "a", "b"),
                files={f"a/{i}/f": b"x" for i in range(50)},
                collect=(Collect(".", tree=True), Collect("b/1/f"), Collect("none")),
            ),
            Outcome.EXITED,
        ),
    ]
    with sanitized.acquire() as slot:
        for _ in range(3):
            for wanted, outcome in wants:
                assert rig.run(slot, wanted).report.outcome is outcome
    sanitized.close()
    assert "Sanitizer" not in capfd.readouterr().err
