"""What a measured run means: pure, and the order of the checks is the rule."""

import os
import signal

from judge.sandbox.interface import Limits, Outcome, Report, Usage
from judge.sandbox.wire import Measured, ReplyFlag

_KIB = 1024
_GROUP_GRAIN_BYTES = 1 << 20


def decide(measured: Measured, limits: Limits) -> Report:
    """The report of one run."""
    usage = Usage(
        cpu_time_us=measured.cpu_ns // 1000,
        user_time_us=measured.user_us,
        system_time_us=measured.system_us,
        wall_time_us=(measured.finished_ns - measured.started_ns) // 1000,
        memory_kib=_memory_bytes(measured) // _KIB,
        processes_peak=measured.processes_peak - 1 if measured.processes_peak else None,
    )
    outcome = _outcome(measured, usage, limits)
    return Report(
        outcome=outcome,
        usage=usage,
        exit_code=os.WEXITSTATUS(measured.wait_status) if outcome is Outcome.EXITED else None,
        signal=os.WTERMSIG(measured.wait_status) if outcome is Outcome.SIGNALLED else None,
        collected=measured.collected,
        leftovers_killed=measured.leftovers,
        started_at_ns=measured.started_ns,
        finished_at_ns=measured.finished_ns,
        reason=_reason(measured),
    )


def broken(reason: str) -> Report:
    """The report of a run that our machinery could not make."""
    return Report(Outcome.BROKEN, reason=reason)


def _outcome(measured: Measured, usage: Usage, limits: Limits) -> Outcome:
    """First that holds; whatever is not known at the end is our fault, never a success."""
    status = measured.wait_status
    signalled = os.WIFSIGNALED(status)
    too_much_memory = measured.oom_kills > 0 or usage.memory_kib > limits.memory_kib
    too_much_output = ReplyFlag.OUTPUT_EXCEEDED in measured.flags or (
        signalled and os.WTERMSIG(status) == signal.SIGXFSZ
    )
    over_time = (
        ReplyFlag.CPU_EXPIRED in measured.flags
        or usage.cpu_time_us > limits.cpu_time_ms * 1000
        or (signalled and os.WTERMSIG(status) == signal.SIGXCPU)
    )
    rules = (
        (measured.broken_errno != 0, Outcome.BROKEN),
        (ReplyFlag.CANCELLED in measured.flags, Outcome.CANCELLED),
        (over_time, Outcome.CPU_LIMIT),
        (ReplyFlag.WALL_EXPIRED in measured.flags, Outcome.WALL_LIMIT),
        (too_much_memory, Outcome.MEMORY_LIMIT),
        (too_much_output, Outcome.OUTPUT_LIMIT),
        (signalled, Outcome.SIGNALLED),
        (os.WIFEXITED(status), Outcome.EXITED),
    )
    return next((outcome for holds, outcome in rules if holds), Outcome.BROKEN)


def _memory_bytes(measured: Measured) -> int:
    """The program's own peak.

    The group's peak less what was there before; less file pages first read by this run, or plus
    those of earlier runs that gave way to it; less output that lies in our memory. The biggest
    process's resident set is a floor, but only as far as the group could have missed it (it
    counts in lots of 256 KiB for each core): shared pages of libraries are in it too. Without a
    group the resident set is all there is.
    """
    grown = max(0, measured.memory_peak - measured.memory_start)
    if measured.memory_peak == 0:
        return measured.maxrss
    own = max(0, grown - measured.memory_file_change - measured.output_bytes)
    return max(own, min(measured.maxrss, grown + _GROUP_GRAIN_BYTES))


def _reason(measured: Measured) -> str:
    if not measured.broken_errno:
        return measured.reason
    return f"{measured.reason}: {os.strerror(measured.broken_errno)}"
