"""What a host lacks and the exact command or line that mends it: pure, for `doctor`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_NO_FREE_CORE = 1


class Level(StrEnum):
    """How much a finding matters."""

    FATAL = "FAIL"
    WEAKER = "weaker"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about the host, and the lines that would change it."""

    level: Level
    fact: str
    mend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Host:
    """What advice depends on. `controls` are sysctls; None where the kernel has none such."""

    root: bool
    container: bool
    systemd: bool
    control_groups_v2: bool
    cores: int
    kernel: str
    controls: Mapping[str, str | None]


def findings(features: Mapping[str, str], host: Host) -> list[Finding]:
    """All that is worth saying, the worst first."""
    found = [
        *_namespaces(features, host),
        *_executables(host),
        *_control_groups(features, host),
        *_identities(features, host),
        *_details(features, host),
    ]
    order = list(Level)
    return sorted(found, key=lambda finding: order.index(finding.level))


def _namespaces(features: Mapping[str, str], host: Host) -> Iterator[Finding]:
    if features.get("rung", "none") != "none":
        if features.get("user_namespace") == "no":
            yield Finding(
                Level.NOTE,
                "boxes are made with CAP_SYS_ADMIN, without user namespaces (rung b)",
                tuple(_allow_user_namespaces(host)),
            )
        return
    reasons = "; ".join(value for name, value in features.items() if name.startswith("refused."))
    yield Finding(
        Level.FATAL, f"no box can be made: {reasons}", tuple(_allow_user_namespaces(host))
    )


def _allow_user_namespaces(host: Host) -> Iterator[str]:
    if host.controls.get("user.max_user_namespaces") == "0":
        yield "sysctl -w user.max_user_namespaces=16384"
    if host.controls.get("kernel.unprivileged_userns_clone") == "0":
        yield "sysctl -w kernel.unprivileged_userns_clone=1"
    if host.controls.get("kernel.apparmor_restrict_unprivileged_userns") == "1":
        yield "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0   (or an AppArmor profile)"
    if host.container:
        yield "compose: cap_drop: [ALL], cap_add: [SETUID, SETGID],"
        yield "  security_opt: [no-new-privileges:true, seccomp=services/judge/seccomp.json,"
        yield "    apparmor=unconfined (or a named profile that allows mount and userns)]"
        yield "failing that: cap_add: [SYS_ADMIN, SETUID, SETGID, SETPCAP] (rung b)"


def _executables(host: Host) -> Iterator[Finding]:
    if host.controls.get("vm.memfd_noexec") == "2":
        yield Finding(
            Level.FATAL,
            "programs are run from sealed memory, which this kernel is told to refuse",
            ("sysctl -w vm.memfd_noexec=0",),
        )


def _control_groups(features: Mapping[str, str], host: Host) -> Iterator[Finding]:
    if features.get("groups") == "none":
        reason = features.get("groups.reason", "")
        yield Finding(
            Level.WEAKER,
            "no control groups (rung d): memory by address space, programs of one process only"
            f": {reason}",
            tuple(_delegate_groups(host)),
        )
    elif features.get("cpu", "").startswith("summed"):
        yield Finding(
            Level.WEAKER,
            "CPU time is summed from ended processes: a program of many is stopped late",
            ("prepare a group in the cpuacct hierarchy too, writable by the judge",),
        )
    if features.get("memory_peak") == "of the slot":
        yield Finding(
            Level.NOTE,
            f"kernel {host.kernel} cannot reset the memory peak (6.12 can): slots are remade"
            " for each judging, and a small run after a big one is reported by its resident set",
        )


def _delegate_groups(host: Host) -> Iterator[str]:
    if host.container:
        yield "compose, engine 28 or later: security_opt: [writable-cgroups=true], cgroup: private"
        yield "older engines: mount a delegated group; see docs/services/judge.md"
    elif host.control_groups_v2 and host.systemd:
        yield "systemd-run --pty --property=Delegate=yes --property=User=$USER COMMAND"
        yield "  (or Delegate=yes in the unit of the judge)"
    elif host.control_groups_v2:
        yield "mkdir /sys/fs/cgroup/codeplace && chown -R $USER /sys/fs/cgroup/codeplace"
        yield "echo +memory +pids > /sys/fs/cgroup/codeplace/cgroup.subtree_control"
        yield "start the judge in that group"
    else:
        yield "for c in memory pids cpuacct; do mkdir -p /sys/fs/cgroup/$c/codeplace;"
        yield "  chown -R $USER /sys/fs/cgroup/$c/codeplace; done"
        yield "JUDGE_CGROUP_ROOT=codeplace"


def _identities(features: Mapping[str, str], host: Host) -> Iterator[Finding]:
    if not features.get("uids", "").startswith("shared"):
        return
    mend = (
        ("compose: cap_add: [SETUID, SETGID]",)
        if host.container
        else ("as root: boxd --drop-to UID:GID --bind … -- python -m judge",)
    )
    yield Finding(
        Level.WEAKER,
        "boxes share the judge's own uid: namespaces and filters hold them, ids do not",
        mend,
    )


def _details(features: Mapping[str, str], host: Host) -> Iterator[Finding]:
    if features.get("proc") == "none":
        yield Finding(
            Level.WEAKER,
            "boxes have no /proc: runtimes that need one fail their self-test",
            ("compose: security_opt: [systempaths=unconfined]",),
        )
    if features.get("landlock", "0") in {"0", "1", "2"}:
        yield Finding(Level.NOTE, "no Landlock (kernel 6.2 or later, lsm=landlock,…)")
    if host.cores <= _NO_FREE_CORE:
        yield Finding(Level.NOTE, "one core: programs are timed while the judge itself runs")
