"""What the doctor says of hosts that are well and of hosts that are not."""

import json
import os
from collections.abc import Mapping

import pytest

from judge import doctor
from judge.remedies import Host, Level, findings
from judge.sandbox.daemon import BoxdSettings

WELL = {
    "groups": "v2",
    "cpu": "counted by the group",
    "proc": "own processes only",
    "landlock": "7",
    "memory_peak": "of each run",
    "rung": "a",
    "user_namespace": "yes",
    "uids": "own",
}


def host(
    *,
    container: bool = False,
    systemd: bool = False,
    v2: bool = True,
    cores: int = 4,
    controls: Mapping[str, str | None] | None = None,
) -> Host:
    return Host(
        root=True,
        container=container,
        systemd=systemd,
        control_groups_v2=v2,
        cores=cores,
        kernel="6.1.0",
        controls=controls or {},
    )


def test_a_host_that_has_everything_needs_no_advice() -> None:
    assert findings(WELL, host()) == []


@pytest.mark.parametrize(
    ("change", "where", "level", "mend"),
    [
        ({"rung": "none"}, host(container=True), Level.FATAL, "cap_add: [SETUID, SETGID]"),
        (
            {"rung": "none"},
            host(controls={"user.max_user_namespaces": "0"}),
            Level.FATAL,
            "sysctl -w user.max_user_namespaces=16384",
        ),
        (
            {"rung": "none"},
            host(controls={"kernel.apparmor_restrict_unprivileged_userns": "1"}),
            Level.FATAL,
            "apparmor_restrict_unprivileged_userns=0",
        ),
        (
            {"rung": "none"},
            host(controls={"kernel.unprivileged_userns_clone": "0"}),
            Level.FATAL,
            "unprivileged_userns_clone=1",
        ),
        ({}, host(controls={"vm.memfd_noexec": "2"}), Level.FATAL, "vm.memfd_noexec=0"),
        ({"rung": "b", "user_namespace": "no"}, host(container=True), Level.NOTE, "SYS_ADMIN"),
        ({"groups": "none"}, host(container=True), Level.WEAKER, "writable-cgroups=true"),
        ({"groups": "none"}, host(systemd=True), Level.WEAKER, "Delegate=yes"),
        ({"groups": "none"}, host(), Level.WEAKER, "cgroup.subtree_control"),
        ({"groups": "none"}, host(v2=False), Level.WEAKER, "JUDGE_CGROUP_ROOT=codeplace"),
        ({"cpu": "summed from ended processes"}, host(), Level.WEAKER, "cpuacct"),
        ({"memory_peak": "of the slot"}, host(), Level.NOTE, ""),
        ({"uids": "shared with the judge"}, host(), Level.WEAKER, "--drop-to"),
        ({"uids": "shared with the judge"}, host(container=True), Level.WEAKER, "cap_add"),
        ({"proc": "none"}, host(), Level.WEAKER, "systempaths=unconfined"),
        ({"landlock": "0"}, host(), Level.NOTE, ""),
        ({}, host(cores=1), Level.NOTE, ""),
    ],
)
def test_each_lack_is_named_with_its_mend(
    change: dict[str, str], where: Host, level: Level, mend: str
) -> None:
    (finding,) = findings({**WELL, **change}, where)
    assert finding.level is level
    assert mend in "\n".join(finding.mend)


def test_the_worst_comes_first() -> None:
    levels = [f.level for f in findings({**WELL, "rung": "none", "landlock": "0"}, host(cores=1))]
    assert levels == [Level.FATAL, Level.NOTE, Level.NOTE]


@pytest.mark.sandbox
def test_the_doctor_finds_this_host_fit(
    boxd_settings: BoxdSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor.main({**os.environ, "JUDGE_BOXD": str(boxd_settings.path)}, ["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["trial"]["works"]
    assert 0 <= told["trial"]["overshoot_ms"] < 40


@pytest.mark.sandbox
def test_without_boxd_the_doctor_says_how_to_build_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert doctor.main({"JUDGE_BOXD": "/absent"}, []) == 1
    assert "make -C services/judge/boxd" in capsys.readouterr().err
