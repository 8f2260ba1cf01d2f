from __future__ import annotations

import subprocess
import sys

WORDS = "import sys, api.app; sys.exit('encodings.idna' not in sys.modules)"


def test_the_codec_of_host_names_is_loaded_before_there_are_threads() -> None:
    """Loaded by two threads at once it stays unknown, and each request of the process fails."""
    assert subprocess.run([sys.executable, "-c", WORDS], check=False).returncode == 0  # noqa: S603
