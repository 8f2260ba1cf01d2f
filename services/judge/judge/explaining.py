"""The reason of a verdict in words, for people who may see the test's details."""

import signal

from contracts.judging import RunLimits
from contracts.verdicts import Verdict
from judge.sandbox.interface import Outcome
from judge.steps.compile import clean_text
from judge.steps.execute import Executed


def explain(verdict: Verdict, executed: Executed, limits: RunLimits, wall_time_ms: int) -> str:
    """One line, and for a crash what the program said on stderr."""
    match verdict:
        case Verdict.TLE if executed.report.outcome is Outcome.WALL_LIMIT:
            return f"idle: more than {wall_time_ms} ms passed on the clock"
        case Verdict.TLE:
            return f"more than {limits.cpu_time_ms} ms of CPU time"
        case Verdict.MLE:
            return f"more than {limits.memory_kib} KiB of memory"
        case Verdict.OLE:
            return f"more than {limits.output_kib} KiB of output"
        case Verdict.RTE:
            said = clean_text(executed.stderr_start).strip()
            return f"{_ending(executed)}\n{said}".strip()
        case _:
            return ""


def _ending(executed: Executed) -> str:
    number = executed.report.signal
    if number is None:
        return f"exit code {executed.report.exit_code}"
    try:
        return f"signal {number} ({signal.Signals(number).name})"
    except ValueError:
        return f"signal {number}"
