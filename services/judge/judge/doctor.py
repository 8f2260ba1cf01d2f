"""`python -m judge.doctor`: is this host fit to judge, and what would mend it.

Says which rung of the ladder boxd found, what is missing and the exact command or line for it,
then runs programs in a real box: limits, overshoot, noise and speed against the reference.
"""

import json
import os
import platform
import statistics
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from judge.remedies import Finding, Host, Level, findings
from judge.sandbox import rig
from judge.sandbox.daemon import Boxd, BoxdSettings, find_boxd, probe
from judge.sandbox.interface import Limits, Outcome, SandboxError, Slot
from judge.sandbox.pool import BoxdSlotPool
from judge.sandbox.runtimes import default_binds

_FIT, _UNFIT = 0, 1
_SPIN_ROUNDS = 200_000_000
# CPU time of those rounds on the machine whose figures JUDGE.md gives (2 cores, Debian 12).
_REFERENCE_MS = 200.0
_REPEATS = 9
_OVERSHOOT_LIMIT_MS = 100
_LIMITS = Limits(cpu_time_ms=10_000, memory_kib=64 * 1024)


@dataclass(frozen=True, slots=True)
class Trial:
    """What programs in a real box showed."""

    works: bool
    overshoot_ms: float = 0.0
    median_ms: float = 0.0
    spread_percent: float = 0.0
    factor: float = 0.0
    reason: str = ""


def main(environ: Mapping[str, str], arguments: list[str]) -> int:
    """Look, try, print; 0 when this host may judge."""
    inherited = environ.get("JUDGE_BOXD_FD")
    settings = BoxdSettings(
        path=find_boxd(environ),
        binds=default_binds(),
        control_group=environ.get("JUDGE_CGROUP_ROOT") or "auto",
        inherited_descriptor=int(inherited) if inherited else None,
    )
    try:
        features = describe(settings)
    except SandboxError as error:
        sys.stderr.write(f"{error}\nBuild it: make -C services/judge/boxd\n")
        return _UNFIT
    advice = findings(features, look_at_host())
    trial = try_a_box(settings) if features.get("rung", "none") != "none" else Trial(works=False)
    if "--json" in arguments:
        sys.stdout.write(as_json(features, advice, trial))
    else:
        sys.stdout.write("\n".join(report(features, advice, trial)) + "\n")
    fatal = any(finding.level is Level.FATAL for finding in advice)
    return _UNFIT if fatal or not trial.works else _FIT


def describe(settings: BoxdSettings) -> dict[str, str]:
    """What boxd found, from the one that runs us or from a fresh look."""
    if settings.inherited_descriptor is None:
        return probe(settings)
    boxd = Boxd(settings)
    try:
        return boxd.describe()
    finally:
        boxd.close()


def look_at_host() -> Host:
    """The facts that advice depends on."""
    return Host(
        root=os.geteuid() == 0,
        container=any(Path(mark).exists() for mark in ("/.dockerenv", "/run/.containerenv")),
        systemd=Path("/run/systemd/system").exists(),
        control_groups_v2=Path("/sys/fs/cgroup/cgroup.controllers").exists(),
        cores=len(os.sched_getaffinity(0)),
        kernel=platform.release(),
        controls={
            name: _control(name)
            for name in (
                "user.max_user_namespaces",
                "kernel.unprivileged_userns_clone",
                "kernel.apparmor_restrict_unprivileged_userns",
                "vm.memfd_noexec",
            )
        },
    )


def try_a_box(settings: BoxdSettings) -> Trial:
    """Run the helper's fixed work in one slot, and a loop that must be stopped."""
    try:
        pool = BoxdSlotPool(settings, size=1)
    except SandboxError as error:
        return Trial(works=False, reason=str(error))
    try:
        with pool.acquire() as slot:
            return _measure(slot, settings.path.read_bytes())
    except OSError as error:
        return Trial(works=False, reason=str(error))
    finally:
        pool.close()


def report(features: Mapping[str, str], advice: list[Finding], trial: Trial) -> list[str]:
    """The lines for a person."""
    lines = [f"{name:<18} {value}" for name, value in features.items()]
    lines.append("")
    for finding in advice:
        lines.append(f"{finding.level.value}: {finding.fact}")
        lines.extend(f"      {line}" for line in finding.mend)
    if not trial.works:
        lines.append(f"FAIL: a program in a box did not run as it must. {trial.reason}".rstrip())
        return lines
    lines += [
        "ok: programs run in boxes, and a loop is stopped",
        f"   stopped {trial.overshoot_ms:.1f} ms after its CPU limit",
        f"   fixed work: {trial.median_ms:.1f} ms CPU, spread {trial.spread_percent:.1f} %",
        f"   speed: {trial.factor:.2f} of the reference (1.00; higher is faster)",
    ]
    fatal = any(finding.level is Level.FATAL for finding in advice)
    lines.append("This host must not judge." if fatal else "This host is fit to judge.")
    return lines


def as_json(features: Mapping[str, str], advice: list[Finding], trial: Trial) -> str:
    """The same for a program."""
    content = {
        "features": dict(features),
        "findings": [asdict(finding) for finding in advice],
        "trial": asdict(trial),
    }
    return json.dumps(content, indent=2) + "\n"


def _measure(slot: Slot, helper: bytes) -> Trial:
    work = rig.Wanted(("work", "--spin", str(_SPIN_ROUNDS)), helper, limits=_LIMITS)
    times = []
    for _ in range(_REPEATS):
        done = rig.run(slot, work)
        if done.report.outcome is not Outcome.EXITED:
            return Trial(works=False, reason=f"{done.report.outcome}: {done.report.reason}")
        times.append(done.report.usage.cpu_time_us / 1000)
    limit_ms = 100
    endless = rig.Wanted(
        ("loop", "--spin", str(10**15)), helper, limits=Limits(limit_ms, _LIMITS.memory_kib)
    )
    stopped = rig.run(slot, endless).report
    overshoot = stopped.usage.cpu_time_us / 1000 - limit_ms
    median = statistics.median(times)
    return Trial(
        works=stopped.outcome is Outcome.CPU_LIMIT and overshoot < _OVERSHOOT_LIMIT_MS,
        overshoot_ms=overshoot,
        median_ms=median,
        spread_percent=100 * (max(times) - min(times)) / median,
        factor=_REFERENCE_MS / median,
        reason="" if stopped.outcome is Outcome.CPU_LIMIT else f"a loop ended: {stopped.outcome}",
    )


def _control(name: str) -> str | None:
    try:
        path = Path("/proc/sys") / name.replace(".", "/")
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main(os.environ, sys.argv[1:]))
