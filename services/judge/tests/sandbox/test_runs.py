"""What a run reports: ends, limits, measures. Real boxes."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from judge.sandbox import rig
from judge.sandbox.interface import Collect, CollectProblem, Limits, Outcome, Slot
from judge.sandbox.rig import Wanted

pytestmark = pytest.mark.sandbox

Program = Callable[[str], bytes]

# Set where everything takes many times as long: under emulation.
SLOWNESS = int(os.environ.get("JUDGE_TEST_SLOWNESS", "1"))
SMALL = replace(rig.SMALL, cpu_time_ms=1000 * SLOWNESS)

SUM = '#include <stdio.h>\nint main(){int a,b;scanf("%d%d",&a,&b);printf("%d\\n",a+b);return 0;}'
SPIN = "int main(){for(volatile long i=0;;i++);}"
TOUCH = """#include <stdlib.h>
#include <string.h>
int main(int c, char **v) { long n = atol(v[1]) << 20; char *p = malloc(n);
  memset(p, 1, n); return p[n / 2] - 1; }"""


def test_a_program_reads_its_input_and_its_output_is_kept(slot: Slot, program: Program) -> None:
    done = rig.run(slot, Wanted(program=program(SUM), limits=SMALL, stdin=b"20 22\n"))
    assert done.report.succeeded
    assert done.stdout == b"42\n"
    assert done.report.usage.cpu_time_us < 100_000 * SLOWNESS


def test_an_exit_code_and_stderr_are_told(slot: Slot, program: Program) -> None:
    source = '#include <stdio.h>\nint main(){fprintf(stderr,"no");return 3;}'
    done = rig.run(slot, Wanted(program=program(source), limits=SMALL))
    assert (done.report.outcome, done.report.exit_code) == (Outcome.EXITED, 3)
    assert done.stderr == b"no"
    assert not done.report.succeeded


def test_a_fatal_signal_is_told(slot: Slot, program: Program) -> None:
    done = rig.run(slot, Wanted(program=program("int main(){*(volatile int*)8=1;}")))
    assert (done.report.outcome, done.report.signal) == (Outcome.SIGNALLED, 11)


@pytest.mark.parametrize("processes", [1, 8])
def test_a_busy_loop_ends_at_its_limit(slot: Slot, program: Program, processes: int) -> None:
    limits = replace(SMALL, cpu_time_ms=300, wall_time_ms=20_000, processes=processes)
    done = rig.run(slot, Wanted(program=program(SPIN), limits=limits))
    assert done.report.outcome is Outcome.CPU_LIMIT
    assert 300_000 <= done.report.usage.cpu_time_us < 300_000 + 45_000 * SLOWNESS


def test_an_idle_program_ends_at_the_wall_limit(slot: Slot, program: Program) -> None:
    limits = replace(SMALL, wall_time_ms=200)
    source = "#include <unistd.h>\nint main(){pause();}"
    done = rig.run(slot, Wanted(program=program(source), limits=limits))
    assert done.report.outcome is Outcome.WALL_LIMIT
    assert 200_000 <= done.report.usage.wall_time_us < 300_000 * SLOWNESS
    assert done.report.usage.cpu_time_us < 50_000 * SLOWNESS


@pytest.mark.parametrize("megabytes", [10, 100, 200])
def test_touched_memory_is_reported_within_two_megabytes(
    slot: Slot, program: Program, megabytes: int
) -> None:
    wanted = Wanted(argv=("touch", str(megabytes)), program=program(TOUCH), limits=SMALL)
    for _ in range(3):
        done = rig.run(slot, wanted)
        assert done.report.succeeded
        assert abs(done.report.usage.memory_kib - megabytes * 1024) <= 2048


def test_memory_over_the_limit_is_its_outcome_and_the_slot_lives_on(
    slot: Slot, program: Program
) -> None:
    limits = replace(SMALL, memory_kib=64 * 1024, output_kib=1024)
    wanted = Wanted(argv=("touch", "100"), program=program(TOUCH), limits=limits)
    assert rig.run(slot, wanted).report.outcome is Outcome.MEMORY_LIMIT
    done = rig.run(slot, Wanted(program=program(SUM), limits=SMALL, stdin=b"1 2"))
    assert done.stdout == b"3\n"


def test_memory_over_the_limit_within_the_room_for_output_still_counts(
    slot: Slot, program: Program
) -> None:
    limits = replace(SMALL, memory_kib=64 * 1024, output_kib=64 * 1024)
    wanted = Wanted(argv=("touch", "80"), program=program(TOUCH), limits=limits)
    assert rig.run(slot, wanted).report.outcome is Outcome.MEMORY_LIMIT


def test_output_is_not_memory(slot: Slot, program: Program) -> None:
    source = """#include <unistd.h>
char block[1 << 20]; int main(){for(int i=0;i<12;i++)write(1,block,sizeof block);return 0;}"""
    done = rig.run(slot, Wanted(program=program(source), limits=SMALL))
    assert done.report.succeeded
    assert done.report.usage.memory_kib < 6144


def test_endless_output_ends_at_the_output_limit(slot: Slot, program: Program) -> None:
    source = """#include <unistd.h>
char block[65536]; int main(){for(;;)write(1,block,sizeof block);}"""
    done = rig.run(slot, Wanted(program=program(source), limits=replace(SMALL, output_kib=512)))
    assert done.report.outcome is Outcome.OUTPUT_LIMIT


def test_output_of_exactly_the_limit_is_allowed(slot: Slot, program: Program) -> None:
    source = """#include <unistd.h>
char block[65536]; int main(){for(int i=0;i<8;i++)write(1,block,sizeof block);return 0;}"""
    done = rig.run(slot, Wanted(program=program(source), limits=replace(SMALL, output_kib=512)))
    assert done.report.succeeded


def test_a_program_may_have_one_process_unless_more_are_allowed(
    slot: Slot, program: Program
) -> None:
    source = "#include <unistd.h>\nint main(){return fork() < 0 ? 7 : 0;}"
    assert rig.run(slot, Wanted(program=program(source), limits=SMALL)).report.exit_code == 7
    more = Wanted(program=program(source), limits=replace(SMALL, processes=2))
    assert rig.run(slot, more).report.exit_code == 0


def test_children_that_nobody_waits_for_are_counted_and_killed(
    slot: Slot, program: Program
) -> None:
    source = """#include <time.h>
#include <unistd.h>
int main(){ if (fork() == 0) { setsid(); if (fork() == 0) { for(;;); } _exit(0); }
  struct timespec t = {0, 200000000}; nanosleep(&t, 0); return 0; }"""
    done = rig.run(slot, Wanted(program=program(source), limits=replace(SMALL, processes=4)))
    assert done.report.leftovers_killed >= 1
    assert done.report.usage.cpu_time_us > 20_000


def test_threads_are_summed(slot: Slot) -> None:
    source = """#include <pthread.h>
void *spin(void *x){for(volatile long i=0;;i++);} int main(){pthread_t t[3];
  for(int i=0;i<3;i++)pthread_create(t+i,0,spin,0); pthread_join(t[0],0);}"""
    limits = replace(SMALL, cpu_time_ms=300, wall_time_ms=20_000, processes=4)
    done = rig.run(slot, Wanted(program=rig.compile_c(source, "-pthread"), limits=limits))
    assert done.report.outcome is Outcome.CPU_LIMIT
    assert done.report.usage.cpu_time_us < 300_000 + 100_000 * SLOWNESS


def test_the_stack_is_as_big_as_the_memory_limit(slot: Slot, program: Program) -> None:
    source = """int deep(int n){volatile char room[1024]; room[0]=n; return n?deep(n-1)+room[0]:0;}
int main(){return deep(60000) == 12345;}"""
    assert rig.run(slot, Wanted(program=program(source), limits=SMALL)).report.succeeded
    small = replace(SMALL, stack_kib=8192)
    done = rig.run(slot, Wanted(program=program(source), limits=small))
    assert done.report.signal == 11


def test_contents_that_cannot_be_executed_are_the_programs_own_fault(slot: Slot) -> None:
    done = rig.run(slot, Wanted(program=b"\x7fELF nonsense"))
    assert (done.report.outcome, done.report.exit_code) == (Outcome.EXITED, 127)
    assert "not executable" in done.report.reason


def test_a_path_that_is_not_there_is_our_fault(slot: Slot) -> None:
    assert rig.run(slot, Wanted(argv=("/usr/bin/absent",))).report.outcome is Outcome.BROKEN


def test_files_come_in_and_go_out(slot: Slot) -> None:
    script = b"import os; os.mkdir('d'); open('d/out','w').write(open('sub/in').read()*2)"
    wanted = Wanted(
        argv=("/usr/bin/python3", "-I", "main.py"),
        limits=SMALL,
        files={"main.py": script, "sub/in": b"ab"},
        collect=(Collect("d/out"), Collect("none"), Collect("d"), Collect(".", tree=True)),
    )
    done = rig.run(slot, wanted)
    assert done.files["d/out"] == b"abab"
    assert done.files["main.py"] == script
    problems = {file.name: file.problem for file in done.report.collected}
    assert problems["none"] is CollectProblem.ABSENT
    assert problems["d"] is CollectProblem.NOT_REGULAR


def test_a_box_is_empty_again_unless_it_was_to_be_kept(slot: Slot) -> None:
    make = Wanted(argv=("/usr/bin/touch", "kept"), keep_box=True)
    look = Wanted(argv=("/usr/bin/ls", "/box", "/tmp"))  # noqa: S108  the box's own
    assert rig.run(slot, make).report.succeeded
    assert b"kept" in rig.run(slot, look).stdout
    assert b"kept" not in rig.run(slot, look).stdout


def test_the_box_holds_no_more_than_its_size_and_number_of_files(slot: Slot) -> None:
    limits = replace(SMALL, box_kib=1024, box_inodes=32)
    script = b"import os\nfor i in range(40): open(f'f{i}','w').close()"
    many = Wanted(argv=("/usr/bin/python3", "-I", "m.py"), files={"m.py": script}, limits=limits)
    assert b"No space left" in rig.run(slot, many).stderr
    big = replace(many, files={"m.py": b"open('f','wb').write(bytes(2<<20))"})
    assert b"No space left" in rig.run(slot, big).stderr
    assert rig.run(slot, Wanted(argv=("/usr/bin/ls",))).stdout == b""


def test_environment_and_arguments_are_exact(slot: Slot) -> None:
    done = rig.run(
        slot, Wanted(argv=("/usr/bin/env",), environment={"A": "1", "EMPTY": "", "ü": "é"})
    )
    assert done.stdout.decode() == "A=1\nEMPTY=\nü=é\n"


def test_a_limit_of_one_run_does_not_leak_into_the_next(slot: Slot, program: Program) -> None:
    tight = Limits(cpu_time_ms=50, memory_kib=8 * 1024, output_kib=1)
    rig.run(slot, Wanted(program=program(SPIN), limits=tight))
    wanted = Wanted(argv=("touch", "100"), program=program(TOUCH), limits=SMALL)
    assert rig.run(slot, wanted).report.succeeded


def test_waiting_for_a_core_is_not_idleness(slot: Slot, program: Program) -> None:
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(8)]
    try:
        limits = replace(SMALL, cpu_time_ms=5000, wall_time_ms=600 * SLOWNESS)
        source = """#include <time.h>
int main(){struct timespec t; do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  while (t.tv_sec * 1000 + t.tv_nsec / 1000000 < 450); return 0;}"""
        done = rig.run(slot, Wanted(program=program(source), limits=limits))
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
    assert done.report.succeeded
