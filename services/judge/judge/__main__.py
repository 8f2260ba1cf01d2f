"""`python -m judge` serves; `python -m judge doctor` says whether this host is fit to judge."""

import os
import runpy
import sys

from judge import logs
from judge.sandbox.interface import SandboxError
from judge.server import serve
from judge.settings import SettingsError, from_environment

_CANNOT_START = 78  # EX_CONFIG


def main() -> int:
    """Run the wanted command."""
    if sys.argv[1:2] == ["doctor"]:
        sys.argv = ["judge.doctor", *sys.argv[2:]]
        runpy.run_module("judge.doctor", run_name="__main__")
        return 0
    try:
        settings = from_environment(os.environ)
    except SettingsError as error:
        for fault in error.faults:
            sys.stderr.write(f"judge: {fault}\n")
        return _CANNOT_START
    logs.configure(settings.log_level, settings.log_format)
    try:
        serve(settings)
    except SandboxError as error:
        sys.stderr.write(f"judge: this host cannot box programs: {error}\n")
        return _CANNOT_START
    return 0


if __name__ == "__main__":
    sys.exit(main())
