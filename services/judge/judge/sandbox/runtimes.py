"""Which of the host's folders a box sees, read-only: runtimes, and what they are lost without.

Nothing of ours may lie below them.
"""

import os
from collections.abc import Sequence

_SYSTEM = ("/usr", "?/bin", "?/sbin", "?/lib", "?/lib32", "?/lib64", "?/libx32")

_CONFIGURATION = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/debian_version",
    "/etc/fpc.cfg",
    "/etc/localtime",
    "/etc/mono",
    "/etc/perl",
    "/etc/php",
    "/etc/ghc",
    "/etc/scala",
)


def default_binds(extra: Sequence[str] = ()) -> tuple[str, ...]:
    """Binds in boxd's notation: "?" may be missing, "SOURCE:TARGET" appears elsewhere."""
    java = sorted(
        f"?/etc/{entry.name}" for entry in os.scandir("/etc") if entry.name.startswith("java")
    )
    python = sorted(
        f"?/etc/{entry.name}" for entry in os.scandir("/etc") if entry.name.startswith("python3")
    )
    return (*_SYSTEM, *(f"?{path}" for path in _CONFIGURATION), *java, *python, *extra)
