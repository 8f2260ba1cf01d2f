"""`python3 -m scripts.local_run COMMAND`: what `make run`, `stop`, `status` and the like call."""

from __future__ import annotations

import sys

from scripts.local_run.commands import main

sys.exit(main(sys.argv[1:]))
