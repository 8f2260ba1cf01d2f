"""The ladder: each rung that this host can play, started the way it would be met."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from judge.sandbox import rig
from judge.sandbox.daemon import BoxdSettings, probe
from judge.sandbox.interface import Outcome, SandboxUnavailableError, Slot
from judge.sandbox.pool import BoxdSlotPool
from judge.sandbox.rig import Wanted

pytestmark = pytest.mark.sandbox

Program = Callable[[str], bytes]

# Set where everything takes many times as long: under emulation.
SLOWNESS = int(os.environ.get("JUDGE_TEST_SLOWNESS", "1"))
SMALL = replace(rig.SMALL, cpu_time_ms=1000 * SLOWNESS)

# A new user namespace with every id mapped, in which no further one can be made.
WITHOUT_USER_NAMESPACES = """
import ctypes, os, sys
libc = ctypes.CDLL(None)
ready, tell = os.pipe()
go, say = os.pipe()
child = os.fork()
if child:
    os.read(ready, 1)
    for kind in ("uid_map", "gid_map"):
        open(f"/proc/{child}/{kind}", "w").write("0 0 4294967295")
    os.write(say, b"x")
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
assert libc.unshare(0x10000000) == 0
os.write(tell, b"x")
os.read(go, 1)
os.setuid(0)
open("/proc/sys/user/max_user_namespaces", "w").write("0")
os.execv(sys.argv[1], sys.argv[1:])
"""
ORDINARY_USER = "setpriv --reuid 4321 --regid 4321 --clear-groups"
CONTAINER = (
    "setpriv --bounding-set=-all,+setuid,+setgid --inh-caps=-all --ambient-caps=-all --no-new-privs"
)


@pytest.fixture
def started_by(
    boxd_settings: BoxdSettings, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], BoxdSettings]:
    """boxd behind a prefix, from a folder that every user can reach."""
    if os.geteuid() != 0:
        pytest.fail("the rungs are played by root")
    folder = tmp_path_factory.mktemp("rung")
    for parent in (folder, folder.parent, folder.parent.parent):
        parent.chmod(parent.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    boxd = folder / "boxd"
    shutil.copy(boxd_settings.path, boxd)
    boxd.chmod(0o755)

    def settings(prefix: str) -> BoxdSettings:
        script = folder / "start"
        script.write_text(f'#!/bin/sh\nexec {prefix} {boxd} "$@"\n', encoding="ascii")
        script.chmod(0o755)
        return replace(boxd_settings, path=script)

    return settings


@contextmanager
def one_slot(settings: BoxdSettings) -> Iterator[tuple[BoxdSlotPool, Slot]]:
    pool = BoxdSlotPool(settings, size=1)
    try:
        with pool.acquire() as slot:
            yield pool, slot
    finally:
        pool.close()


def check_the_basics(slot: Slot, program: Program) -> None:
    echo = program("#include <unistd.h>\nint main(){char c;while(read(0,&c,1)==1)write(1,&c,1);}")
    spin = program("int main(){for(volatile long i=0;;i++);}")
    assert rig.run(slot, Wanted(program=echo, limits=SMALL, stdin=b"hello")).stdout == b"hello"
    timed = Wanted(program=spin, limits=replace(SMALL, cpu_time_ms=100))
    assert rig.run(slot, timed).report.outcome is Outcome.CPU_LIMIT
    script = b"import os; print(os.getpid() < 99, os.getuid(), os.listdir('/box'))"
    done = rig.run(
        slot, Wanted(argv=("/usr/bin/python3", "-I", "m.py"), files={"m.py": script}, limits=SMALL)
    )
    assert done.stdout.startswith(b"True ")
    assert b"['m.py']" in done.stdout
    look = Wanted(argv=("/usr/bin/ls", "/box", "/root", "/home"))
    assert b"m.py" not in rig.run(slot, look).stdout


def test_a_container_with_two_capabilities_has_everything(
    started_by: Callable[[str], BoxdSettings], program: Program
) -> None:
    with one_slot(started_by(CONTAINER)) as (pool, slot):
        assert pool.health().rung == "a"
        assert pool.health().features["uids"] == "own"
        check_the_basics(slot, program)


def test_an_ordinary_user_without_control_groups_has_resource_limits(
    started_by: Callable[[str], BoxdSettings], program: Program
) -> None:
    settings = replace(started_by(ORDINARY_USER), control_group="none")
    with one_slot(settings) as (pool, slot):
        assert pool.health().rung == "d"
        assert pool.health().features["uids"] == "shared with the judge"
        check_the_basics(slot, program)
        fork = program("#include <unistd.h>\nint main(){return fork() < 0 ? 7 : 0;}")
        assert rig.run(slot, Wanted(program=fork, limits=SMALL)).report.exit_code == 7
        hog = program(
            "#include <stdlib.h>\n#include <string.h>\nint main(){char *p;"
            "while((p=malloc(1<<20)))memset(p,1,1<<20);return 9;}"
        )
        assert (
            rig.run(slot, Wanted(program=hog, limits=SMALL)).report.outcome is Outcome.MEMORY_LIMIT
        )


def test_a_program_of_a_shared_uid_cannot_reach_its_init(
    started_by: Callable[[str], BoxdSettings], program: Program
) -> None:
    source = """#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <fcntl.h>
int main(){ struct rlimit r = {1, 1}; kill(1, SIGKILL); kill(-1, SIGTERM);
  printf("%ld %d %d", ptrace(PTRACE_ATTACH, 1, 0, 0), prlimit(1, RLIMIT_CPU, &r, 0),
         open("/proc/1/mem", O_RDWR)); fflush(stdout); return 0; }"""
    settings = replace(started_by(ORDINARY_USER), control_group="none")
    with one_slot(settings) as (pool, slot):
        done = rig.run(slot, Wanted(program=program(source), limits=SMALL))
        assert done.stdout == b"-1 -1 -1"
        check_the_basics(slot, program)
        assert pool.health().slots_rebuilt == 0


def test_without_user_namespaces_the_capability_is_used(
    started_by: Callable[[str], BoxdSettings], program: Program, tmp_path: Path
) -> None:
    prefix = tmp_path / "without.py"
    prefix.write_text(WITHOUT_USER_NAMESPACES, encoding="ascii")
    with one_slot(started_by(f"{sys.executable} {prefix}")) as (pool, slot):
        assert pool.health().rung == "b"
        check_the_basics(slot, program)


def test_below_the_ladder_the_reason_is_told(
    started_by: Callable[[str], BoxdSettings], tmp_path: Path
) -> None:
    prefix = tmp_path / "without.py"
    prefix.write_text(WITHOUT_USER_NAMESPACES, encoding="ascii")
    settings = started_by(
        f"{sys.executable} {prefix} {shutil.which('setpriv')} --bounding-set=-all"
    )
    found = probe(settings)
    assert found["rung"] == "none"
    assert "make namespaces" in found["refused.one_uid"]
    with pytest.raises(SandboxUnavailableError, match="refused"):
        BoxdSlotPool(settings, size=1)
