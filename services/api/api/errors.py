# ruff: noqa: N818 - these are answers and read as such: `raise NotFound`
"""What can go wrong in answering a request, split by whose fault it is.

Knows no HTTP library; `api.web.error_handlers` turns these into the one shape of error answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True)
class Text:
    """A sentence for people, by its code in the catalogues, said in the reader's language later."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def text(code: str, **params: object) -> Text:
    """Return the sentence `code` with its parameters."""
    return Text(code, params)


Fields = Mapping[str, Sequence[Text]]


class ApiError(Exception):
    """Base of all errors that are answered. `code` is stable and in every catalogue."""

    status: ClassVar[int] = 500
    default_code: ClassVar[str] = "internal_error"

    def __init__(
        self,
        code: str = "",
        *,
        fields: Fields | None = None,
        details: Sequence[Mapping[str, Any]] | None = None,
        headers: Mapping[str, str] | None = None,
        **params: object,
    ) -> None:
        """Take the code (the class's own when empty), and what the message needs in `params`."""
        self.code = code or self.default_code
        super().__init__(self.code)
        self.text = Text(self.code, params)
        self.fields = fields
        self.details = details
        self.headers = dict(headers or {})


class BadRequest(ApiError):
    """The request could not be read at all."""

    status = 400
    default_code = "malformed_json"


class NotAuthenticated(ApiError):
    """Nobody is signed in, or not any more."""

    status = 401
    default_code = "not_authenticated"


class Forbidden(ApiError):
    """Known, but not allowed."""

    status = 403
    default_code = "forbidden"


class NotFound(ApiError):
    """There is no such thing, or this reader may not know of it."""

    status = 404
    default_code = "not_found"


class Conflict(ApiError):
    """It does not fit to what is there already."""

    status = 409
    default_code = "conflict"


class TooLarge(ApiError):
    """The body is over the limit."""

    status = 413
    default_code = "body_too_large"


class UnsupportedMediaType(ApiError):
    """The body is of a kind that this address does not take."""

    status = 415
    default_code = "unsupported_media_type"


class Unprocessable(ApiError):
    """Readable, but wrong: says which fields and why."""

    status = 422
    default_code = "validation_failed"

    @classmethod
    def field(cls, name: str, code: str, **params: object) -> Unprocessable:
        """Return the error of one field with a code of its own, such as `source_too_long`."""
        error = cls(code, fields={name: [Text(code, params)]})
        error.text = Text(code, params)
        return error


class RateLimited(ApiError):
    """Too many in too short a time."""

    status = 429
    default_code = "rate_limited"

    def __init__(self, retry_after_s: int, code: str = "") -> None:
        """Say in how many seconds it may work again."""
        super().__init__(
            code, headers={"Retry-After": str(retry_after_s)}, retry_after=retry_after_s
        )


class Unavailable(ApiError):
    """Our fault and passing: try again."""

    status = 503
    default_code = "unavailable"

    def __init__(self, code: str = "", *, retry_after_s: int = 5) -> None:
        """Say in how many seconds it is worth another try."""
        super().__init__(code, headers={"Retry-After": str(retry_after_s)})


class Faults:
    """Collects what is wrong with several fields, to tell all of it at once."""

    def __init__(self) -> None:
        self._fields: dict[str, list[Text]] = {}

    def add(self, name: str, code: str, **params: object) -> None:
        """Note one fault of the field `name`."""
        self._fields.setdefault(name, []).append(Text(code, params))

    def __bool__(self) -> bool:
        return bool(self._fields)

    def raise_if_any(self) -> None:
        """Raise `Unprocessable` when a fault was noted."""
        if self._fields:
            raise Unprocessable(fields=self._fields)
