"""Validators that speak from the catalogues; use these instead of marshmallow's."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sized
from typing import Any

import marshmallow as ma

from api.errors import text


class Validator(ABC):
    """Base: a callable that raises with a sentence of ours. `describe` goes to OpenAPI."""

    @abstractmethod
    def __call__(self, value: Any) -> None:  # noqa: ANN401 - any field's value
        """Raise what `refuse` makes unless the value is good."""

    def refuse(self, code: str, **params: object) -> ma.ValidationError:
        """Return the error to raise."""
        return ma.ValidationError([text(code, **params)])


class length(Validator, ma.validate.Length):  # noqa: N801 - reads as a word in a schema
    """Number of characters or items; a subclass of marshmallow's for the OpenAPI document."""

    def __init__(self, least: int = 0, most: int | None = None) -> None:
        ma.validate.Length.__init__(self, min=least, max=most)

    def __call__(self, value: Sized) -> Sized:  # type: ignore[override]
        kind = "text" if isinstance(value, str) else "list"
        if self.min is not None and len(value) < self.min:
            code = "field_empty" if self.min == 1 else f"{kind}_too_short"
            raise self.refuse(code, least=self.min)
        if self.max is not None and len(value) > self.max:
            raise self.refuse(f"{kind}_too_long", most=self.max)
        return value


class between(Validator, ma.validate.Range):  # noqa: N801 - reads as a word in a schema
    """Numbers from `least` to `most`."""

    def __init__(self, least: int, most: int) -> None:
        ma.validate.Range.__init__(self, min=least, max=most)

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - any field's value
        if not self.min <= value <= self.max:
            raise self.refuse("number_out_of_range", least=self.min, most=self.max)
        return value


class one_of(Validator, ma.validate.OneOf):  # noqa: N801 - reads as a word in a schema
    """One of a closed list."""

    def __init__(self, *choices: str) -> None:
        ma.validate.OneOf.__init__(self, choices)

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - any field's value
        if value not in self.choices:
            raise self.refuse("not_one_of", choices=", ".join(map(str, self.choices)))
        return value


class matches(Validator, ma.validate.Regexp):  # noqa: N801 - reads as a word in a schema
    """Text of a form, with a sentence of its own."""

    def __init__(self, pattern: str, code: str) -> None:
        ma.validate.Regexp.__init__(self, pattern)
        self.pattern, self.code = pattern, code

    def __call__(self, value: str) -> str:  # type: ignore[override]
        if not re.fullmatch(self.pattern, value):
            raise self.refuse(self.code)
        return value


class _Storable(Validator):
    """PostgreSQL stores no NUL in text, and half a surrogate pair cannot be written as UTF-8."""

    def __init__(self, *, nul_allowed: bool) -> None:
        self._nul_allowed = nul_allowed

    def __call__(self, value: str) -> None:
        if "\0" in value and not self._nul_allowed:
            raise self.refuse("text_has_nul")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise self.refuse("text_not_unicode") from error


class _StorableFamily(_Storable):
    but_nul = _Storable(nul_allowed=True)


storable = _StorableFamily(nul_allowed=False)
