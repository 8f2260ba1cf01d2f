"""`make lock`: write every lock of Python packages anew, all with the same versions and hashes.

`requirements-dev.txt` locks everything there is; the lock of a service holds what it and the shared
packages need, constrained to the same versions. No registry's address is written: whoever
installs decides where from, and the hashes say what it must be.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED: dict[str, tuple[str, ...]] = {
    "api": ("contracts", "database"),
    "contracts": (),
    "database": ("contracts",),
    "grader": ("contracts", "database"),
    "judge": ("contracts",),
    "notifier": ("contracts", "database"),
    "scheduler": ("contracts", "database"),
}
"""The shared packages whose requirements a service needs as well."""


def compile_lock(output: str, sources: list[str], *options: str) -> None:
    """Run uv's resolver for the oldest Python we support; newer ones read the same file."""
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{Path.home()}/.local/bin") or "uv"
    argv = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    argv += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
    argv += ["--custom-compile-command", "make lock", *options, "-o", output, *sources]
    print(f"{output} …", flush=True)
    subprocess.run(argv, cwd=ROOT, check=True)


def main() -> None:
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    inputs = [f"services/{service}/requirements.in" for service in SHARED]
    compile_lock("requirements-dev.txt", [*inputs, "requirements-dev.in"], *upgrade)
    for service, shared in SHARED.items():
        sources = [f"services/{name}/requirements.in" for name in (service, *shared)]
        compile_lock(
            f"services/{service}/requirements.txt",
            sources,
            "--constraint",
            "requirements-dev.txt",
            *upgrade,
        )
    # What compose runs of scripts/: the certificate and the mail sink.
    compile_lock(
        "scripts/requirements.txt",
        ["scripts/requirements.in"],
        "--constraint",
        "requirements-dev.txt",
        *upgrade,
    )


if __name__ == "__main__":
    main()
