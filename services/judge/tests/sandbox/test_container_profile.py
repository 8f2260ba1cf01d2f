"""The container's seccomp profile lets boxd make boxes, and little else that is dangerous."""

import json
from pathlib import Path

PROFILE = json.loads(
    (Path(__file__).resolve().parents[2] / "seccomp.json").read_text(encoding="utf-8")
)
ALLOWED = {
    name
    for rule in PROFILE["syscalls"]
    if rule["action"] == "SCMP_ACT_ALLOW" and not rule.get("args")
    for name in rule["names"]
}


def test_what_boxd_needs_is_allowed() -> None:
    needed = "clone clone3 unshare setns mount umount2 pivot_root sethostname setdomainname"
    assert set(needed.split()) <= ALLOWED


def test_doors_into_the_kernel_are_shut() -> None:
    shut = (
        "bpf perf_event_open kexec_load kexec_file_load init_module finit_module delete_module"
        " open_by_handle_at ptrace process_vm_writev userfaultfd io_uring_setup add_key keyctl"
        " fsopen move_mount open_tree mount_setattr reboot swapon quotactl syslog socket chroot"
    )
    assert not set(shut.split()) & ALLOWED
    assert PROFILE["defaultAction"] == "SCMP_ACT_ERRNO"


def test_sockets_are_of_four_families() -> None:
    families = [
        rule["args"][0]["value"] for rule in PROFILE["syscalls"] if rule["names"] == ["socket"]
    ]
    assert families == [1, 2, 10, 16]
