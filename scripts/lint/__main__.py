"""Run all checks, whatever the first ones say, and end with 1 when any of them complained."""

from __future__ import annotations

import os
import sys

from scripts.lint.checks import run_all
from scripts.local_run.faults import Fault
from scripts.local_run.places import Place
from scripts.local_run.say import complain

try:
    sys.exit(1 if run_all(Place.from_environment(os.environ)).failed else 0)
except Fault as fault:
    complain(f"\n✗ {fault}\n→ {fault.remedy}")
    sys.exit(1)
