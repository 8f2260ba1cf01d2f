"""Precompiled headers, made in the box with exactly the judged flags, kept on disk.

The folder is bound read-only into every box at HEADERS; a program can read it, never change it.
"""

import hashlib
import os
from pathlib import Path

import msgspec

from judge.errors import MachineryError
from judge.languages.language import PrecompiledHeader, StepLimits, expand
from judge.languages.registry import Installed
from judge.sandbox.descriptors import close_all, output_memory, read_start, sealed_memory
from judge.sandbox.interface import BoxFile, Collect, Command
from judge.slots import Turn

HEADERS = "/opt/codeplace/headers"
_LIMITS = StepLimits(cpu_time_ms=60_000, memory_mib=2048, output_mib=512, box_mib=512)
_COPY_BYTES = 1 << 20


def make(folder: Path, turn: Turn, language: Installed) -> None:
    """Have the language's precompiled header in `folder`, or raise MachineryError."""
    header = language.data.precompiled_header
    if header is None:
        return
    target = folder / language.data.id / header.output
    stamp = target.with_name(f"{target.name}.stamp")
    key = _key(language, header)
    if target.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == key:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    target.unlink(missing_ok=True)
    _compile(target, turn, language, header)
    stamp.write_text(key, encoding="utf-8")


def _compile(target: Path, turn: Turn, language: Installed, header: PrecompiledHeader) -> None:
    source = sealed_memory(f"#include <{header.header}>\n".encode())
    said = output_memory("diagnostics")
    try:
        report = turn.slot().run(
            Command(
                argv=tuple(expand(header.argv, language.words, ())),
                limits=_LIMITS.limits(),
                environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
                stderr=said,
                files=(BoxFile(source, "header.h"),),
                collect=(Collect("header.gch", max_kib=512 << 10),),
            )
        )
        made = report.collected_file("header.gch")
        try:
            if not report.succeeded or made is None or made.descriptor is None:
                words = read_start(said, 500).decode("utf-8", "replace")
                message = f"no precompiled header: {report.outcome} {report.reason} {words}"
                raise MachineryError(message)
            _copy(made.descriptor, target)
        finally:
            report.close_collected()
    finally:
        close_all((source, said))


def _copy(descriptor: int, target: Path) -> None:
    unfinished = target.with_name(f"{target.name}.new")
    with unfinished.open("wb") as file:
        offset = 0
        while sent := os.sendfile(file.fileno(), descriptor, offset, _COPY_BYTES):
            offset += sent
    unfinished.chmod(0o444)
    unfinished.replace(target)


def _key(language: Installed, header: PrecompiledHeader) -> str:
    said = msgspec.json.encode([language.toolchain, language.words, header])
    return hashlib.sha256(said).hexdigest()
