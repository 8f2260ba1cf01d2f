"""A Debian 13 machine under QEMU whose control groups are version 2 only.

Its root file system is made once by mmdebstrap and kept; the judge's folder goes in as a second
disk each time. No KVM is needed: plain emulation boots in about twenty seconds.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

JUDGE = Path(__file__).resolve().parents[2]
CACHE = JUDGE.parents[1] / ".local" / "cgroup2"
RESULT = "CGROUP2 RESULT "
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_PACKAGES = (
    "linux-image-cloud-amd64,initramfs-tools,udev,kmod,python3,python3-pytest,"
    "python3-pytest-timeout,gcc,g++,libc6-dev,make"
)
_MEMORY_MIB = "3072"
_START = """#!/bin/sh
mount -t proc proc /proc
mount -t devtmpfs dev /dev 2> /dev/null
mount /dev/vdb /judge && exec sh /judge/inside.sh "$@"
"""
_NEEDED = {
    "qemu-system-x86_64": "qemu-system-x86",
    "mmdebstrap": "mmdebstrap",
    "mke2fs": "e2fsprogs",
}


def run_inside(words: str, timeout_s: float) -> tuple[int, str]:
    """Boot, run these words of pytest in the judge's folder; its exit code and the console."""
    root = root_disk()
    source = CACHE / f"source-{os.getpid()}.img"
    overlay = ["-snapshot"]  # the root disk stays as it was made
    try:
        make_source_disk(source)
        command = [
            _tool("qemu-system-x86_64"),
            *("-accel", "tcg", "-cpu", "max", "-smp", "2", "-m", _MEMORY_MIB),
            *("-nographic", "-no-reboot", "-nic", "none", *overlay),
            *("-kernel", str(_kernel("vmlinuz")), "-initrd", str(_kernel("initrd.img"))),
            *("-drive", f"file={root},format=raw,if=virtio"),
            *("-drive", f"file={source},format=raw,if=virtio"),
            *("-append", f"root=/dev/vda rw console=ttyS0 quiet init=/start.sh -- {words}"),
        ]
        log = CACHE / "console.log"  # to be followed while it runs
        with log.open("wb") as out:
            subprocess.run(  # noqa: S603  our own machine
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                timeout=timeout_s,
                check=False,
            )
    finally:
        source.unlink(missing_ok=True)
    console = log.read_text(encoding="utf-8", errors="replace")
    _, sign, rest = console.rpartition(RESULT)
    return (int(rest.split()[0]) if sign else -1), console


def root_disk() -> Path:
    """The system's disk, made when it is not there."""
    disk = CACHE / "root.img"
    if disk.exists():
        return disk
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = CACHE / "root"
    if not (folder / "boot").exists():
        command = [
            _tool("mmdebstrap"),
            *("--variant=minbase", f"--keyring={_KEYRING}", f"--include={_PACKAGES}"),
            *(f"--dpkgopt=path-exclude=/usr/share/{part}/*" for part in ("doc", "man", "locale")),
            *("trixie", str(folder)),
            *([mirror] if (mirror := os.environ.get("DEBIAN_MIRROR")) else []),
        ]
        subprocess.run(command, check=True)  # noqa: S603  fixed words
    for name in ("vmlinuz", "initrd.img"):
        newest = max((folder / "boot").glob(f"{name}-*"))
        shutil.copy(newest, CACHE / name)
    start = folder / "start.sh"
    start.write_text(_START, encoding="ascii")
    start.chmod(0o755)
    (folder / "judge").mkdir(exist_ok=True)
    unfinished = disk.with_suffix(f".{os.getpid()}")
    _make_disk(unfinished, folder, "3G")
    unfinished.rename(disk)
    shutil.rmtree(folder)
    return disk


def make_source_disk(disk: Path) -> None:
    """The judge's folder and the tools' settings, as a disk."""
    folder = disk.with_suffix(".d")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        ignored = shutil.ignore_patterns("__pycache__", "build", "node_modules", "*.pyc")
        for part in ("boxd", "judge/sandbox", "exploits", "tests/sandbox", "tests/exploits"):
            shutil.copytree(JUDGE / part, folder / part, ignore=ignored)
        for part in ("judge/__init__.py", "judge/doctor.py", "judge/remedies.py", "seccomp.json"):
            shutil.copy(JUDGE / part, folder / part)
        shutil.copy(Path(__file__).with_name("pytest.ini"), folder / "pytest.ini")
        shutil.copy(Path(__file__).with_name("inside.sh"), folder / "inside.sh")
        _make_disk(disk, folder, "128M")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_disk(disk: Path, folder: Path, size: str) -> None:
    command = [_tool("mke2fs"), "-q", "-F", "-t", "ext4", "-d", str(folder), str(disk), size]
    subprocess.run(command, check=True)  # noqa: S603  fixed words


def _kernel(name: str) -> Path:
    return CACHE / name


def _tool(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise FileNotFoundError(f"{name} is missing: apt-get install {_NEEDED[name]}")
    return found


if __name__ == "__main__":
    code, output = run_inside(" ".join(sys.argv[1:]) or "tests/sandbox", 3600)
    sys.stdout.write(output)
    sys.exit(code if code >= 0 else 1)
