"""What happens when the machinery itself is hit: a slot or boxd dies, a run is cancelled."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from judge.sandbox import rig
from judge.sandbox.channel import Channel
from judge.sandbox.daemon import BoxdSettings
from judge.sandbox.descriptors import sealed_memory
from judge.sandbox.interface import Command, Limits, NoSlotFreeError, Outcome, Slot
from judge.sandbox.pool import BoxdSlotPool
from judge.sandbox.rig import SMALL, Wanted

pytestmark = pytest.mark.sandbox

Program = Callable[[str], bytes]
ECHO = "#include <unistd.h>\nint main(){char c;while(read(0,&c,1)==1)write(1,&c,1);return 0;}"
SLEEP = '#include <unistd.h>\nint main(){write(1,"x",1);pause();}'


@pytest.fixture
def own_pool(boxd_settings: BoxdSettings) -> Iterator[BoxdSlotPool]:
    made = BoxdSlotPool(boxd_settings, size=1)
    yield made
    made.close()


def children_of(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(word) for word in listed.split()]


def boxd_of(pool: BoxdSlotPool) -> int:
    assert pool._boxd is not None
    assert pool._boxd._process is not None
    return pool._boxd._process.pid


def kill_soon(find: Callable[[], list[int]]) -> threading.Thread:
    def kill() -> None:
        time.sleep(0.2)
        for pid in find():
            os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def test_a_slot_that_dies_is_rebuilt_and_the_run_made_again(
    own_pool: BoxdSlotPool, program: Program
) -> None:
    wait = 'int puts(const char*);unsigned usleep(unsigned);int main(){puts("a");usleep(400000);}'
    with own_pool.acquire() as slot:
        thread = kill_soon(lambda: children_of(boxd_of(own_pool)))
        done = rig.run(slot, Wanted(program=program(wait), stdin=b"in"))
        thread.join()
    assert done.report.succeeded
    assert done.stdout == b"a\n"
    assert own_pool.health().slots_rebuilt == 1


def test_boxd_that_dies_is_started_again_and_the_run_made_again(
    own_pool: BoxdSlotPool, program: Program
) -> None:
    wait = "unsigned usleep(unsigned);int main(){usleep(400000);}"
    with own_pool.acquire() as slot:
        thread = kill_soon(lambda: [boxd_of(own_pool)])
        done = rig.run(slot, Wanted(program=program(wait)))
        thread.join()
        assert done.report.succeeded
        assert rig.run(slot, Wanted(program=program(wait))).report.succeeded


def test_with_pipes_a_dead_slot_is_our_fault_at_once(
    own_pool: BoxdSlotPool, program: Program
) -> None:
    reader, writer = os.pipe()
    executable = sealed_memory(program(SLEEP))
    with own_pool.acquire() as slot:
        thread = kill_soon(lambda: children_of(boxd_of(own_pool)))
        report = slot.run(Command(argv=("p",), limits=SMALL, stdout=writer, executable=executable))
        thread.join()
    for descriptor in (reader, writer, executable):
        os.close(descriptor)
    assert report.outcome is Outcome.BROKEN


def test_a_run_can_be_cancelled_from_another_thread(slot: Slot, program: Program) -> None:
    sleeper = Wanted(program=program(SLEEP), limits=replace(SMALL, wall_time_ms=30_000))
    threading.Timer(0.5, slot.cancel).start()
    started = time.monotonic()
    assert rig.run(slot, sleeper).report.outcome is Outcome.CANCELLED
    assert time.monotonic() - started < 10
    assert rig.run(slot, Wanted(program=program(ECHO), stdin=b"ok")).stdout == b"ok"


def test_a_cancel_that_comes_late_touches_no_other_run(slot: Slot, program: Program) -> None:
    rig.run(slot, Wanted(program=program(ECHO), stdin=b"1"))
    slot.cancel()
    done = rig.run(slot, Wanted(program=program(ECHO), stdin=b"2"))
    assert (done.report.outcome, done.stdout) == (Outcome.EXITED, b"2")


def test_two_boxes_talk_through_pipes(pool: BoxdSlotPool, program: Program) -> None:
    first_in, first_out = os.pipe()
    second_in, second_out = os.pipe()
    executable = sealed_memory(program(ECHO))
    talker = sealed_memory(
        program(
            "#include <unistd.h>\nint main(){char c=0;write(1,\"q\",1);read(0,&c,1);return c!='q';}"
        )
    )
    reports = {}
    with pool.acquire_many(2, timeout_s=30) as (left, right):

        def run(slot: Slot, name: str, program_fd: int, stdin: int, stdout: int) -> None:
            reports[name] = slot.run(
                Command(("p",), SMALL, stdin=stdin, stdout=stdout, executable=program_fd)
            )
            os.close(stdin)
            os.close(stdout)

        echo = threading.Thread(target=run, args=(left, "echo", executable, first_in, second_out))
        talk = threading.Thread(target=run, args=(right, "talk", talker, second_in, first_out))
        echo.start()
        talk.start()
        talk.join()
        echo.join()
    os.close(executable)
    os.close(talker)
    assert reports["talk"].succeeded
    assert reports["echo"].succeeded
    assert reports["talk"].finished_at_ns < reports["echo"].finished_at_ns


def test_whoever_waits_too_long_for_a_slot_is_told(own_pool: BoxdSlotPool) -> None:
    with own_pool.acquire(), pytest.raises(NoSlotFreeError), own_pool.acquire(timeout_s=0.05):
        pass
    with pytest.raises(NoSlotFreeError), own_pool.acquire_many(2):
        pass


def test_nothing_is_left_when_a_pool_is_closed(boxd_settings: BoxdSettings) -> None:
    def state() -> tuple[int, int, list[str]]:
        groups = sorted(str(path) for path in Path("/sys/fs/cgroup").glob("**/codeplace-*"))
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8").count("\n")
        return len(list(Path("/proc/self/fd").iterdir())), mounts, groups

    before = state()
    pool = BoxdSlotPool(boxd_settings, size=2)
    with pool.acquire() as slot:
        rig.run(slot, Wanted(argv=("/usr/bin/true",)))
    pool.close()
    assert state() == before


def test_messages_that_make_no_sense_are_refused_and_the_slot_goes_on(
    own_pool: BoxdSlotPool, program: Program
) -> None:
    with own_pool.acquire() as slot:
        rig.run(slot, Wanted(program=program(ECHO)))
        channel = own_pool._slots[0]._channel
        assert isinstance(channel, Channel)
        raw: socket.socket = channel._socket
        for rubbish in (b"x", bytes(200), b"box1" + bytes(300), os.urandom(4096)):
            raw.send(rubbish)
            assert raw.recv(100_000)[16:20] != bytes(4)  # an errno
        assert rig.run(slot, Wanted(program=program(ECHO), stdin=b"z")).stdout == b"z"


def test_a_file_name_that_leads_out_of_the_box_is_refused(slot: Slot) -> None:
    for name in ("../x", "/etc/x", "a//b", "a/./b", "a/../b", "x" * 300, "a/" * 20 + "a"):
        done = rig.run(slot, Wanted(argv=("/usr/bin/true",), files={name: b""}))
        assert done.report.outcome is Outcome.BROKEN


def test_limits_out_of_range_are_refused(slot: Slot) -> None:
    done = rig.run(slot, Wanted(argv=("/usr/bin/true",), limits=Limits(0, 65536)))
    assert done.report.outcome is Outcome.BROKEN
