"""What is wrong with a package: every fault at once, errors apart from warnings.

A fault carries a code and its parameters; `packages.messages` says it in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

MAX_FAULTS: Final = 200
"""More are counted, not kept: a package of ten thousand bad files needs no longer answer."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where."""

    code: str
    file: str
    line: int | None = None
    params: dict[str, str] = field(default_factory=dict)


@dataclass
class Faults:
    """Collects faults while a package is read; reading goes on as far as it can."""

    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    omitted: int = 0
    text_bytes: int = 0
    """How much of the package is held in memory by now; see `packages.texts`."""

    def error(self, code: str, file: str, line: int | None = None, **params: object) -> None:
        """Note something for which the package is refused."""
        self._add(self.errors, Fault(code, file, line, _texts(params)))

    def warn(self, code: str, file: str, line: int | None = None, **params: object) -> None:
        """Note something that its author should know."""
        self._add(self.warnings, Fault(code, file, line, _texts(params)))

    def _add(self, faults: list[Fault], fault: Fault) -> None:
        if fault in faults:
            return
        if len(faults) < MAX_FAULTS:
            faults.append(fault)
        else:
            self.omitted += 1


def _texts(params: dict[str, object]) -> dict[str, str]:
    # A value out of the package may be huge; an answer must not be.
    return {name: str(value)[:200] for name, value in params.items()}


class PackageInvalidError(Exception):
    """The package is refused; `faults` says why."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(", ".join(f"{fault.file}: {fault.code}" for fault in faults.errors[:10]))
        self.faults = faults
