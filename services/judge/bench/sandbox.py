"""`python bench/sandbox.py`: what a run in a box costs, against posix_spawn from C.

Both sides run the same static program that returns at once, one after the other in the same loop,
so that a busy machine slows both. Peers are measured beside them when they are installed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judge.sandbox import rig
from judge.sandbox.build import build
from judge.sandbox.daemon import BoxdSettings, find_boxd
from judge.sandbox.descriptors import output_memory, sealed_memory
from judge.sandbox.interface import Command, Limits, Slot
from judge.sandbox.pool import BoxdSlotPool
from judge.sandbox.runtimes import default_binds

ROUNDS = int(os.environ.get("ROUNDS", "2000"))
PEER_ROUNDS = 100
SECONDS = 2.0
LIMITS = Limits(cpu_time_ms=1000, memory_kib=256 * 1024)
RETURNS_AT_ONCE = "int main(void){return 0;}"
TOUCHES = """#include <stdlib.h>
#include <string.h>
int main(void){volatile long n=100L<<20;char*p=malloc(n);memset(p,1,n);return p[n/2]-1;}"""


def pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    """Both ends, which exist because they were asked for."""
    if process.stdin is None or process.stdout is None:
        sys.exit("a process was started without pipes")
    return process.stdin, process.stdout


class Yardstick:
    """The C program that spawns and times."""

    def __init__(self, spawner: Path, program: Path) -> None:
        self._process = subprocess.Popen(
            [spawner, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def once(self) -> int:
        """Nanoseconds of one posix_spawn and wait4."""
        asking, answers = pipes(self._process)
        asking.write(b"go\n")
        asking.flush()
        return int(answers.readline())

    def close(self) -> None:
        self._process.communicate()


def timed(call: Callable[[], object]) -> int:
    start = time.perf_counter_ns()
    call()
    return time.perf_counter_ns() - start


def percentile(times: list[int], share: float) -> float:
    return sorted(times)[int(len(times) * share)] / 1e6


def row(name: str, times: list[int], plain: list[int]) -> None:
    median, late = percentile(times, 0.5), percentile(times, 0.99)
    ratio, late_ratio = median / percentile(plain, 0.5), late / percentile(plain, 0.99)
    print(f"{name:<34}{median:9.3f}{late:9.3f}{ratio:9.2f}{late_ratio:9.2f}")


def one_run(slot: Slot, executable: int) -> Callable[[], None]:
    """A full run: limits, input, both outputs, measures."""
    command = Command(
        argv=("program",),
        limits=LIMITS,
        stdin=sealed_memory(b""),
        stdout=output_memory(),
        stderr=output_memory(),
        executable=executable,
    )

    def run() -> None:
        report = slot.run(command)
        if not report.succeeded:
            sys.exit(f"a run failed: {report}")

    return run


def throughput(calls: list[Callable[[], object]]) -> float:
    """Runs a second of all callers together."""
    counts = [0] * len(calls)
    end = time.perf_counter() + SECONDS

    def work(index: int) -> None:
        while time.perf_counter() < end:
            calls[index]()
            counts[index] += 1

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def spawn_throughput(spawner: Path, program: Path, workers: int) -> float:
    """The same for plain C processes, each given its work at once."""
    asked = b"go\n" * 20000
    processes = [
        subprocess.Popen([spawner, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(workers)
    ]
    done = [0] * workers

    def read(index: int) -> None:
        stream = pipes(processes[index])[1]
        while stream.readline():
            done[index] += 1

    readers = [threading.Thread(target=read, args=(i,)) for i in range(workers)]
    for reader in readers:
        reader.start()
    for process in processes:
        threading.Thread(target=_feed, args=(process, asked)).start()
    time.sleep(SECONDS)
    total = sum(done)
    for process in processes:
        process.kill()
        process.wait()
    for reader in readers:
        reader.join()
    return total / SECONDS


def _feed(process: "subprocess.Popen[bytes]", asked: bytes) -> None:
    stdin, _ = pipes(process)
    try:
        stdin.write(asked)
        stdin.flush()
    except OSError:
        return


@contextmanager
def workshop() -> Iterator[tuple[Path, Path, BoxdSlotPool]]:
    """The spawner, the program, and two slots."""
    build()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        program, spawner = folder / "program", folder / "spawner"
        program.write_bytes(rig.compile_c(RETURNS_AT_ONCE))
        program.chmod(0o755)
        compiler = shutil.which("gcc") or "gcc"
        source = Path(__file__).with_name("spawn.c")
        subprocess.run([compiler, "-O2", source, "-o", spawner], check=True)
        pool = BoxdSlotPool(BoxdSettings(find_boxd(os.environ), default_binds()), size=2)
        stack.callback(pool.close)
        yield spawner, program, pool


def measure_single(spawner: Path, program: Path, pool: BoxdSlotPool) -> None:
    """One run at a time, interleaved with the yardstick."""
    yardstick = Yardstick(spawner, program)
    executable = sealed_memory(program.read_bytes())
    plain: list[int] = []
    boxed: list[int] = []
    with pool.acquire() as slot:
        run = one_run(slot, executable)
        for _ in range(50):
            run()
            yardstick.once()
        for _ in range(ROUNDS):
            plain.append(yardstick.once())
            boxed.append(timed(run))
    print(f"{'one at a time, ms':<34}{'median':>9}{'p99':>9}{'ratio':>9}{'at p99':>9}")
    row("posix_spawn + wait4 from C", plain, plain)
    row("a full run in a box, from Python", boxed, plain)
    measure_peers(program, plain)
    yardstick.close()


def measure_peers(program: Path, plain: list[int]) -> None:
    """bubblewrap with the same namespaces, when it is here."""
    bubblewrap = shutil.which("bwrap")
    if bubblewrap is None:
        print("bubblewrap is not installed: left out")
        return
    command = [bubblewrap, "--unshare-all", "--ro-bind", "/usr", "/usr", "--tmpfs", "/box"]
    command += ["--ro-bind", str(program), "/program", "/program"]
    peer = [timed(lambda: subprocess.run(command, check=True)) for _ in range(PEER_ROUNDS)]
    row("bubblewrap (no limits)", peer, plain)


def measure_throughput(spawner: Path, program: Path, pool: BoxdSlotPool) -> None:
    """One worker and two, the two kinds in turn."""
    executable = sealed_memory(program.read_bytes())
    print(f"\n{'runs a second':<34}{'plain':>9}{'boxed':>9}{'share':>9}")
    for workers in (1, 2):
        with pool.acquire_many(workers) as slots:
            calls: list[Callable[[], object]] = [one_run(slot, executable) for slot in slots]
            pairs = [
                (spawn_throughput(spawner, program, workers), throughput(calls)) for _ in range(3)
            ]
        plain, boxed = (sorted(column)[1] for column in zip(*pairs, strict=True))
        print(f"{f'{workers} at a time':<34}{plain:9.0f}{boxed:9.0f}{boxed / plain:9.0%}")


def measure_memory(pool: BoxdSlotPool) -> None:
    """A hundred megabytes touched."""
    program = rig.compile_c(TOUCHES)
    with pool.acquire() as slot:
        kib = [rig.run(slot, rig.Wanted(program=program)).report.usage.memory_kib for _ in range(9)]
    print(f"\n100 MiB touched is reported as {min(kib) / 1024:.2f} to {max(kib) / 1024:.2f} MiB")


if __name__ == "__main__":
    with workshop() as (spawner_path, program_path, slots_pool):
        measure_single(spawner_path, program_path, slots_pool)
        measure_throughput(spawner_path, program_path, slots_pool)
        measure_memory(slots_pool)
