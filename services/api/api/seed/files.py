"""A seed problem's package: its folder, with the secret data made on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from api.packages.faults import Faults
from api.packages.files import FolderFiles
from api.seed.data import secret_files

PROBLEMS: Final = Path(__file__).parent / "problems"


class SeedFiles:
    """`PackageFiles` over a folder and what is generated beside it."""

    def __init__(self, slug: str, faults: Faults) -> None:
        self._folder = FolderFiles(PROBLEMS / slug, faults)
        self._made = secret_files(slug)
        self.name_hint = slug
        self.sizes = {
            **self._folder.sizes,
            **{path: len(content) for path, content in self._made.items()},
        }

    def open(self, path: str) -> Iterator[bytes]:
        """Yield a file's content."""
        if path in self._made:
            return iter((self._made[path],))
        return self._folder.open(path)
