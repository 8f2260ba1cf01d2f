"""What no file may hold: addresses of package registries, paths of one machine, loose ends."""

from __future__ import annotations

import subprocess
from pathlib import Path

HOSTS = tuple(
    # In halves, so that this file passes its own check.
    left + right
    for left, right in (
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("registry.npmjs", ".org"),
        ("deb.debian", ".org"),
        ("archive.ubuntu", ".com"),
        ("proxy.golang", ".org"),
    )
)
LARGEST_BYTES = 1 << 20


def complaints(root: Path) -> list[str]:
    """Return one line for each file that breaks a rule."""
    return [
        *_holding(root, HOSTS, "names a package registry; whoever installs decides where from"),
        *_holding(root, (f"{root}/",), "names a path of this machine"),
        *_too_large(root),
    ]


def _holding(root: Path, words: tuple[str, ...], why: str) -> list[str]:
    patterns = [part for word in words for part in ("-e", word)]
    found = subprocess.run(
        ["git", "grep", "-nIF", "--untracked", *patterns],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    places = (":".join(line.split(":", 2)[:2]) for line in found.stdout.splitlines())
    return [f"{place} {why}" for place in places]


def _too_large(root: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    )
    names = [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]
    large = [name for name in names if (root / name).stat().st_size > LARGEST_BYTES]
    return [f"{name} is larger than 1 MiB" for name in large]
