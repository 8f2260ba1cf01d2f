"""`python3 -m scripts.test [LAYER …]`: run the layers in order and end with one line of counts."""

from __future__ import annotations

import os
import sys

from scripts.local_run.faults import Fault
from scripts.local_run.places import Place
from scripts.local_run.say import complain
from scripts.test.runner import run

try:
    sys.exit(run(Place.from_environment(os.environ), sys.argv[1:]))
except Fault as fault:
    complain(f"\n✗ {fault}\n→ {fault.remedy}")
    sys.exit(1)
except KeyboardInterrupt:
    sys.exit(130)
