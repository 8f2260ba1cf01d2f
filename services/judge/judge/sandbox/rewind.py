"""Std descriptors put back where they were: a run that our machinery lost is made again."""

import os
import stat
from dataclasses import dataclass

from judge.sandbox.interface import Command


@dataclass(frozen=True, slots=True)
class _Place:
    descriptor: int
    offset: int
    size: int | None  # None: only read from


@dataclass(frozen=True, slots=True)
class Rewind:
    """Where a command's files stood before its first try."""

    possible: bool
    places: tuple[_Place, ...]

    @classmethod
    def of(cls, command: Command) -> "Rewind":
        """Remember them; pipes and sockets cannot be put back."""
        standard = (command.stdin, command.stdout, command.stderr)
        places = []
        for position, descriptor in enumerate(standard):
            if descriptor is None:
                continue
            status = os.fstat(descriptor)
            if stat.S_ISCHR(status.st_mode):
                continue
            if not stat.S_ISREG(status.st_mode):
                return cls(possible=False, places=())
            size = status.st_size if position else None
            places.append(_Place(descriptor, os.lseek(descriptor, 0, os.SEEK_CUR), size))
        return cls(possible=True, places=tuple(places))

    def apply(self) -> None:
        """Put them back."""
        for place in self.places:
            if place.size is not None:
                os.ftruncate(place.descriptor, place.size)
            os.lseek(place.descriptor, place.offset, os.SEEK_SET)
