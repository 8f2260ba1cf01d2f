import sys
from pathlib import Path

from rules import is_right

answer = Path(sys.argv[2]).read_text()
(Path(sys.argv[3]) / "judgemessage.txt").write_text("looked at it")
sys.exit(42 if is_right(answer, sys.stdin.buffer.read()) else 43)
