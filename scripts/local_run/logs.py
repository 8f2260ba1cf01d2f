"""Following the logs of all programs at once, each line with the name of who wrote it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from scripts.local_run.places import Place

COLOURS = (36, 32, 33, 35, 34, 96, 92, 93, 95, 94)
LOOK_EVERY_S = 0.2


class _Followed:
    """One file that grows, and is moved away and begun anew when it is large."""

    def __init__(self, path: Path, *, from_end: bool) -> None:
        self.path = path
        self._inode = 0
        self._offset = 0
        self._rest = b""
        if from_end and path.exists():
            status = path.stat()
            self._inode, self._offset = status.st_ino, status.st_size

    def new_lines(self) -> list[str]:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return []
        if status.st_ino != self._inode or status.st_size < self._offset:
            self._inode, self._offset, self._rest = status.st_ino, 0, b""
        if status.st_size == self._offset:
            return []
        with self.path.open("rb") as file:
            file.seek(self._offset)
            text = self._rest + file.read()
            self._offset = file.tell()
        *whole, self._rest = text.split(b"\n")
        return [line.decode(errors="replace") for line in whole]


def follow(
    place: Place, names: list[str], go_on: Callable[[], bool], *, from_end: bool = True
) -> None:
    """Print new lines until `go_on` says no."""
    width = max(map(len, names))
    files = {n: _Followed(place.logs / f"{n}.log", from_end=from_end) for n in names}
    while go_on():
        for number, (name, file) in enumerate(files.items()):
            for line in file.new_lines():
                print(f"{_prefix(name, width, number)} {line}")
        sys.stdout.flush()
        time.sleep(LOOK_EVERY_S)


def _prefix(name: str, width: int, number: int) -> str:
    if not sys.stdout.isatty():
        return f"{name:<{width}} |"
    return f"\033[{COLOURS[number % len(COLOURS)]}m{name:<{width}} |\033[0m"
