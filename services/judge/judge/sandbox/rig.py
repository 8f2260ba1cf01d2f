"""Small programs run in a slot with everything about them at hand: for doctor, attacks, tests."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from judge.sandbox.descriptors import output_memory, read_start, sealed_memory
from judge.sandbox.interface import BoxFile, Collect, Command, Limits, Report, Slot

READ_AT_MOST_BYTES = 1 << 20
SMALL = Limits(cpu_time_ms=1000, memory_kib=256 * 1024, output_kib=16 * 1024)
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/box", "LANG": "C.UTF-8", "TMPDIR": "/tmp"}  # noqa: S108  the box's own
_COMPILE_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Done:
    """A run and what it printed (the first megabyte) and left behind (of what was wanted)."""

    report: Report
    stdout: bytes
    stderr: bytes
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A run in terms of bytes instead of descriptors. `program` is an ELF file's content."""

    argv: Sequence[str] = ("program",)
    program: bytes | None = None
    stdin: bytes | None = None
    files: Mapping[str, bytes] | None = None
    collect: Sequence[Collect] = ()
    limits: Limits = SMALL
    environment: Mapping[str, str] | None = None
    keep_box: bool = False


def run(slot: Slot, wanted: Wanted) -> Done:
    """Run it and read everything back."""
    with ExitStack() as stack:

        def held(descriptor: int) -> int:
            stack.callback(os.close, descriptor)
            return descriptor

        stdin = None if wanted.stdin is None else held(sealed_memory(wanted.stdin, "input"))
        stdout, stderr = held(output_memory()), held(output_memory())
        executable = None if wanted.program is None else held(sealed_memory(wanted.program))
        files = tuple(
            BoxFile(held(sealed_memory(content)), name)
            for name, content in (wanted.files or {}).items()
        )
        report = slot.run(
            Command(
                argv=tuple(wanted.argv),
                limits=wanted.limits,
                environment=ENVIRONMENT if wanted.environment is None else wanted.environment,
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                executable=executable,
                files=files,
                collect=tuple(wanted.collect),
                keep_box=wanted.keep_box,
            )
        )
        stack.callback(report.close_collected)
        return Done(
            report,
            read_start(stdout, READ_AT_MOST_BYTES),
            read_start(stderr, READ_AT_MOST_BYTES),
            {
                file.name: read_start(file.descriptor, READ_AT_MOST_BYTES)
                for file in report.collected
                if file.descriptor is not None
            },
        )


def compile_c(source: str, *flags: str) -> bytes:
    """A static program from C, made by the host's gcc outside any box: for sources of our own."""
    compiler = shutil.which("gcc")
    if compiler is None:
        raise FileNotFoundError("gcc is not installed")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "program"
        command = [compiler, "-O1", "-static", "-w", *flags, "-x", "c", "-", "-o", str(out)]
        subprocess.run(  # noqa: S603  fixed words and our own source
            command, input=source.encode(), check=True, timeout=_COMPILE_TIMEOUT_S
        )
        return out.read_bytes()
