"""The one place that turns errors into answers, in the one shape that there is."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, json, make_response
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from api.errors import ApiError, Unavailable
from api.logs import logger
from api.web.context import reader_locale, translator

HTTP_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    414: "address_too_long",
    415: "unsupported_media_type",
    431: "headers_too_large",
}


def register(app: Flask) -> None:
    """Answer every error of the application."""
    app.register_error_handler(ApiError, answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(PoolTimeoutError, _database_away)
    app.register_error_handler(Exception, _unexpected)


def answer(error: ApiError) -> Response:
    """Return the answer of one of our errors."""
    locale, say = reader_locale(), translator().say
    body: dict[str, Any] = {"code": error.code, "message": say(error.text, locale)}
    if error.fields is not None:
        body["fields"] = {
            name: [say(sentence, locale) for sentence in sentences]
            for name, sentences in error.fields.items()
        }
    if error.details is not None:
        body["details"] = list(error.details)
    g.error_code = error.code
    return _response(body, error.status, error.headers)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    known = _HttpError(HTTP_CODES.get(status, "bad_request" if status < 500 else ""))  # noqa: PLR2004
    response = answer(known)
    response.status_code = status
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


class _HttpError(ApiError):
    """Werkzeug's own errors; the status is set by the caller."""


def _database_away(error: DBAPIError | PoolTimeoutError) -> Response:
    logger().error("database_away", error=str(error.__cause__ or error))
    return answer(Unavailable())


def _unexpected(error: Exception) -> Response:
    logger().error("unexpected_error", exc_info=error)
    return answer(ApiError())


def _response(body: dict[str, Any], status: int, headers: dict[str, str]) -> Response:
    response = make_response(json.dumps({"error": body}), status, headers)
    response.mimetype = "application/json"
    return response
