"""Builds and calls `compare.c`. ctypes lets go of the interpreter's lock while it compares."""

import ctypes
import hashlib
import math
import os
import shutil
import subprocess
from enum import IntEnum
from pathlib import Path

from contracts.judging import Checker, CheckerKind
from judge.errors import MachineryError

SOURCE = Path(__file__).with_name("compare.c")
_FLAGS = ("-O3", "-std=c17", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared")
_COMPILERS = ("cc", "gcc", "clang")


class Mode(IntEnum):
    """The same numbers as `enum mode` in compare.c."""

    TOKENS = 0
    LINES = 1
    EXACT = 2
    FLOATS = 3


_MODES = {
    CheckerKind.TOKENS: Mode.TOKENS,
    CheckerKind.LINES: Mode.LINES,
    CheckerKind.EXACT: Mode.EXACT,
    CheckerKind.FLOATS: Mode.FLOATS,
}


class Options(ctypes.Structure):
    """`struct options` of compare.c."""

    _fields_ = (
        ("mode", ctypes.c_int32),
        ("case_sensitive", ctypes.c_int32),
        ("space_sensitive", ctypes.c_int32),
        ("absolute", ctypes.c_double),
        ("relative", ctypes.c_double),
    )


class Difference(ctypes.Structure):
    """`struct difference` of compare.c."""

    _fields_ = (
        ("answer_at", ctypes.c_uint64),
        ("output_at", ctypes.c_uint64),
        ("line", ctypes.c_uint64),
        ("token", ctypes.c_uint64),
    )


class Comparer:
    """The compiled checkers."""

    def __init__(self, library: Path) -> None:
        loaded = ctypes.CDLL(str(library))
        self._compare = loaded.compare
        self._compare.restype = ctypes.c_int
        self._compare.argtypes = (
            ctypes.c_int,
            ctypes.c_int,
            ctypes.POINTER(Options),
            ctypes.POINTER(Difference),
        )

    def compare(self, answer: int, output: int, options: Options) -> Difference | None:
        """The first difference between two files given by descriptor, None when they match."""
        where = Difference()
        result = self._compare(answer, output, ctypes.byref(options), ctypes.byref(where))
        if result == 0:
            return None
        if result == 1:
            return where
        raise MachineryError("the answer or the output cannot be read")


def options_for(checker: Checker) -> Options:
    """A contract's checker as compare.c wants it. Without any tolerance numbers must be equal."""
    return Options(
        mode=_MODES[checker.kind],
        case_sensitive=checker.case_sensitive,
        space_sensitive=checker.space_change_sensitive,
        absolute=_tolerance(checker.float_absolute_tolerance),
        relative=_tolerance(checker.float_relative_tolerance),
    )


def load(folder: Path) -> Comparer:
    """Load the checkers, compiling them into `folder` when this version is not there yet."""
    digest = hashlib.sha256(SOURCE.read_bytes() + " ".join(_FLAGS).encode()).hexdigest()[:16]
    library = folder / f"compare-{digest}.so"
    if not library.exists():
        _build(library)
    return Comparer(library)


def _build(library: Path) -> None:
    compiler = next((found for name in _COMPILERS if (found := shutil.which(name))), None)
    if compiler is None:
        raise MachineryError("no C compiler found for the checkers: install gcc")
    library.parent.mkdir(parents=True, exist_ok=True)
    unfinished = library.with_name(f"{library.name}.{os.getpid()}")
    built = subprocess.run(  # noqa: S603 - our own source, a compiler from PATH
        [compiler, *_FLAGS, "-o", str(unfinished), str(SOURCE)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if built.returncode != 0:
        raise MachineryError(f"the checkers do not compile: {built.stderr[:2000]}")
    unfinished.replace(library)


def _tolerance(value: float | None) -> float:
    """Rounded up by one bit: 1e-6 as a double is a little less than what was written."""
    if value is None:
        return -1.0
    return math.nextafter(value, math.inf) if value > 0 else 0.0
