"""`python -m judge.cli FOLDER PROGRAM…`: judge files with nothing else running, print a table.

FOLDER is a problem in the Kattis layout; with --all its own `submissions/` are judged and each
verdict is compared with the one that the sub-folder's name promises.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from contracts.judging import Compiled, Event, Finished, Program, RunFinished, SourceFile
from contracts.verdicts import Verdict
from judge import logs
from judge.errors import JudgeError
from judge.folder import Problem, read
from judge.judging import Order, judge
from judge.languages.entry import prepare
from judge.opening import open_languages
from judge.referee import referee_for
from judge.sandbox.interface import SandboxError
from judge.workshop import Plan, Workshop, make_workshop, open_pool

PROMISES = {
    "accepted": Verdict.AC,
    "wrong_answer": Verdict.WA,
    "time_limit_exceeded": Verdict.TLE,
    "memory_limit_exceeded": Verdict.MLE,
    "output_limit_exceeded": Verdict.OLE,
    "run_time_error": Verdict.RTE,
    "compile_error": Verdict.CE,
    "judge_error": Verdict.JE,
}


@dataclass(frozen=True, slots=True)
class Result:
    """How one program did."""

    verdict: Verdict
    compiled: Compiled | None
    runs: tuple[RunFinished, ...]
    reason: str = ""


def judge_file(
    workshop: Workshop, problem: Problem, path: Path, language: str | None = None, *, stop: bool
) -> Result:
    """Judge one source file on a problem's cases."""
    chosen = language or language_of(workshop, path)
    installed = workshop.registry.find(chosen)
    source = SourceFile(name=path.name, content=path.read_bytes())
    order = Order(
        language=installed,
        prepared=prepare(installed.data, Program(language=chosen, files=[source])),
        limits=problem.limits,
        cases=problem.cases,
        checker=problem.checker,
        referee=referee_for(workshop.registry, problem.checker, problem.interactor),
        stop_at_failure=stop,
    )
    events: list[Event] = []
    turn = workshop.slots.own_turn()
    try:
        judge(workshop.bench, order, turn, events.append)
    finally:
        turn.leave()
    return summarise(events)


def summarise(events: Sequence[Event]) -> Result:
    """The verdict of a whole judging: the first that is not AC, in order."""
    compiled = next((event for event in events if isinstance(event, Compiled)), None)
    runs = tuple(event for event in events if isinstance(event, RunFinished))
    last = events[-1] if events else None
    if not isinstance(last, Finished) or last.broken or compiled is None:
        reason = (last.broken or "") if isinstance(last, Finished) else "the stream was cut off"
        return Result(Verdict.JE, compiled, runs, reason)
    if not compiled.ok:
        return Result(Verdict.CE, compiled, runs)
    failed = (run.verdict for run in runs if run.verdict is not Verdict.AC)
    return Result(next(failed, Verdict.AC), compiled, runs)


def language_of(workshop: Workshop, path: Path) -> str:
    """The first offered language with this ending; a folder may say `.py2` and the like itself."""
    ending = path.suffix.removeprefix(".")
    for installed in workshop.registry.offered():
        if ending in installed.data.extensions:
            return installed.data.id
    message = f"no offered language has files that end in .{ending}"
    raise JudgeError(message)


@contextmanager
def opened_workshop(cache_dir: Path, only: frozenset[str] = frozenset()) -> Iterator[Workshop]:
    """A workshop with the real sandbox, its languages tried."""
    plan = Plan(cache_dir=cache_dir)
    pool = open_pool(plan, os.environ)
    try:
        workshop = make_workshop(plan, pool)
        open_languages(workshop, only)
        yield workshop
    finally:
        pool.close()


def main(argv: Sequence[str] | None = None) -> int:
    """Judge what the command line names; 1 when a promise was not kept."""
    wanted = _arguments(argv)
    say = sys.stdout.write
    try:
        logs.configure("warning", "text")
        problem = read(wanted.folder)
        with opened_workshop(wanted.cache_dir) as workshop:
            kept = True
            for path, promise in _programs(wanted):
                result = judge_file(workshop, problem, path, wanted.language, stop=not wanted.full)
                say(table(path, problem, result, promise))
                kept = kept and promise in {None, result.verdict}
            return 0 if kept else 1
    except (JudgeError, SandboxError, OSError) as error:
        sys.stderr.write(f"judge: {error}\n")
        return 2


def table(path: Path, problem: Problem, result: Result, promise: Verdict | None) -> str:
    """The result as people read it."""
    names = {case.ordinal: case.name for case in problem.cases}
    promised = "" if promise in {None, result.verdict} else f"  (expected {promise})"
    lines = [f"{path.name}: {result.verdict}{promised} {result.reason}".rstrip()]
    if result.compiled is not None:
        cached = ", cached" if result.compiled.cached else ""
        lines.append(f"  compile {result.compiled.wall_time_ms} ms{cached}")
        lines += [f"    {line}" for line in result.compiled.output.splitlines()[:20]]
    width = max(len(name) for name in names.values())
    for run in result.runs:
        name = names[run.ordinal].ljust(width)
        used = f"{run.cpu_time_ms:6} ms {run.wall_time_ms:6} ms {run.memory_kib:9} KiB"
        message = run.message.splitlines()[0] if run.message else ""
        lines.append(f"  {name}  {run.verdict:3} {used}  {message}".rstrip())
    return "\n".join(lines) + "\n"


def _programs(wanted: argparse.Namespace) -> Iterator[tuple[Path, Verdict | None]]:
    for path in wanted.program:
        yield path, None
    if wanted.all:
        for name, promise in PROMISES.items():
            for path in sorted((wanted.folder / "submissions" / name).glob("*")):
                yield path, promise


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m judge.cli", description=__doc__)
    parser.add_argument("folder", type=Path, help="problem.yaml and data/{sample,secret}")
    parser.add_argument("program", type=Path, nargs="*", help="source files")
    parser.add_argument("--language", help="language id; else by the file's ending")
    parser.add_argument("--all", action="store_true", help="the folder's own submissions too")
    parser.add_argument("--full", action="store_true", help="do not stop at the first failure")
    parser.add_argument(
        "--cache-dir",
        type=Path,
        default=Path(tempfile.gettempdir()) / f"codeplace-judge-cli-{os.getuid()}",
        help="compiled programs and checkers",
    )
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
