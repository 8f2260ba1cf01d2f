"""Bodies in and out: sizes, JSON, and one shape for every refusal."""

import hmac
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from contracts.judging import SECRET_HEADER, MissingBlobs, Refusal
from judge.errors import (
    BlobRefusedError,
    BlobsMissingError,
    BusyError,
    JudgeError,
    LanguageUnknownError,
    MalformedRequestError,
)

_MOST_BODY_BYTES = 64 << 20
_JSON = "application/json"

_LOG = structlog.get_logger(__name__)

Handler = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")


class BodyTooLargeError(JudgeError):
    """The sender's: more bytes than any honest request has."""


def json_answer(body: msgspec.Struct, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(msgspec.json.encode(body), status, media_type=_JSON)


async def read_body(request: Request, kind: type[T]) -> T:
    """The request's JSON as a contract's shape."""
    parts: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > _MOST_BODY_BYTES:
            raise BodyTooLargeError(f"more than {_MOST_BODY_BYTES} bytes")
        parts.append(chunk)
    try:
        return msgspec.json.decode(b"".join(parts), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedRequestError(str(error)) from error


def guarded(secret: str, handler: Handler) -> Handler:
    """The handler for those who know the secret; its errors become answers."""

    async def answer(request: Request) -> Response:
        offered = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(offered.encode("latin-1"), secret.encode()):
            return _refusal(401, "wrong_secret", f"{SECRET_HEADER} is missing or wrong")
        try:
            return await handler(request)
        except JudgeError as error:
            return refusal_for(error)
        except OSError as error:  # a full disk, for one
            _LOG.exception("a request failed")
            return _refusal(500, "broken", str(error))
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it

    return answer


_REFUSALS: dict[type[JudgeError], tuple[int, str]] = {
    LanguageUnknownError: (422, "language_unknown"),
    MalformedRequestError: (400, "malformed"),
    BlobRefusedError: (400, "blob_refused"),
    BodyTooLargeError: (413, "body_too_large"),
}


def refusal_for(error: JudgeError) -> Response:
    """The answer to a request that is not served."""
    if isinstance(error, BlobsMissingError):
        return json_answer(MissingBlobs(missing=error.missing), 409)
    if isinstance(error, BusyError):
        answer = _refusal(503, "busy", str(error))
        answer.headers["Retry-After"] = str(error.retry_after_s)
        return answer
    status, code = _REFUSALS.get(type(error), (500, "broken"))
    return _refusal(status, code, str(error))


def _refusal(status: int, code: str, message: str) -> Response:
    return json_answer(Refusal(code=code, message=message), status)
