"""Compile, execute, check. Each says whether our machinery worked apart from what was found.

`Broken` is ours; everything else a step returns is a fact about the program.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """The machinery failed: nothing is known about the program."""

    reason: str
