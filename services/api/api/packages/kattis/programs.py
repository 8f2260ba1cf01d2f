"""`submissions/`: the jury's programs with the verdicts expected of them by their folder."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from api.languages.extensions import language_of
from api.packages.faults import Faults
from api.packages.files import PackageFiles
from api.packages.kattis.metadata import Flavour, Metadata
from api.packages.kattis.statements import fill_in
from api.packages.package import PackageProgram
from api.packages.texts import read_bytes
from contracts.verdicts import Verdict

MAX_PROGRAMS: Final = 500
MAX_PROGRAM_BYTES: Final = 512 << 10

_FAILURES: Final = (Verdict.WA, Verdict.TLE, Verdict.RTE, Verdict.MLE, Verdict.OLE, Verdict.CE)

_EXPECTED: Final[dict[str, tuple[Verdict, ...]]] = {
    "accepted": (Verdict.AC,),
    "wrong_answer": (Verdict.WA,),
    "time_limit_exceeded": (Verdict.TLE,),
    # Kattis has no MLE of its own: too much memory is a run-time error there.
    "run_time_error": (Verdict.RTE, Verdict.MLE),
    "memory_limit_exceeded": (Verdict.MLE,),
    "output_limit_exceeded": (Verdict.OLE,),
    "compile_error": (Verdict.CE,),
    "compiler_error": (Verdict.CE,),
    "rejected": _FAILURES,
    "brute_force": (Verdict.AC, Verdict.TLE, Verdict.RTE, Verdict.MLE),
}
_FILE: Final = re.compile(r"^submissions/([^/]+)/([^/]+)(?:/(.+))?$")


def expected_verdicts(folder: str, flavour: Flavour) -> tuple[str, ...]:
    """Return the verdicts of which a program in this folder must get one; none: any will do."""
    if folder == "time_limit_exceeded" and flavour is Flavour.LEGACY:
        # Legacy: too slow on some test, and wrong answers on others are allowed.
        return (Verdict.TLE.value, Verdict.WA.value)
    return tuple(verdict.value for verdict in _EXPECTED.get(folder, ()))


def read_programs(
    files: PackageFiles, metadata: Metadata, faults: Faults
) -> tuple[PackageProgram, ...]:
    """Return the programs of one file each; others are named in a warning."""
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(files.sizes):
        match = _FILE.match(path)
        if match:
            grouped[match.group(1), match.group(2)].append(path)
        elif path == "submissions/submissions.yaml":
            faults.warn("submissions_yaml_ignored", path)
    if len(grouped) > MAX_PROGRAMS:
        faults.error("too_many_programs", "submissions", limit=MAX_PROGRAMS)
        return ()
    programs = []
    for (folder, _), paths in sorted(grouped.items()):
        if folder not in _EXPECTED:
            faults.warn("expectation_unknown", paths[0], folder=folder)
        program = _read(files, folder, paths, metadata, faults)
        if program is not None:
            programs.append(program)
    if not any(program.path.startswith("accepted/") for program in programs):
        faults.warn("no_accepted_program", "submissions/accepted")
    return tuple(programs)


def _read(
    files: PackageFiles, folder: str, paths: list[str], metadata: Metadata, faults: Faults
) -> PackageProgram | None:
    path = paths[0]
    if len(paths) > 1:
        faults.warn("program_of_several_files", path.rpartition("/")[0])
        return None
    language = language_of(path)
    if language is None:
        faults.warn("program_language_unknown", path)
        return None
    source = read_bytes(files, path, faults, MAX_PROGRAM_BYTES)
    if source is None:
        return None
    if metadata.constants:
        source = fill_in(source.decode("utf-8", "replace"), metadata.constants).encode()
    return PackageProgram(
        path=path.removeprefix("submissions/"),
        language_id=language,
        source=source,
        expected_verdicts=expected_verdicts(folder, metadata.flavour),
    )
