"""The OpenAPI document: made from the routes, served to everybody, written nowhere."""

from __future__ import annotations

from functools import cache

from flask import Flask, Response, json
from flask_smorest import Api as SmorestApi  # type: ignore[import-untyped]

from api.web.authentication import SESSION_COOKIE
from api.web.guards import public
from api.web.schemas import ErrorSchema


class Api(SmorestApi):  # type: ignore[misc]  # flask-smorest has no types
    """flask-smorest with our error shape."""

    ERROR_SCHEMA = ErrorSchema

    def _register_error_handlers(self) -> None:
        """Leave errors to `api.web.error_handlers`."""


def make_api(app: Flask) -> Api:
    """Return the registry of blueprints and serve its document."""
    app.config.update(API_TITLE="CodePlace", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    api = Api(app)
    schemes = api.spec.components
    schemes.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE})
    schemes.security_scheme("token", {"type": "http", "scheme": "bearer"})

    @cache
    def document() -> str:
        return json.dumps(api.spec.to_dict(), sort_keys=False)

    @public
    def openapi() -> Response:
        headers = {"Cache-Control": "public, max-age=60"}
        return Response(document(), mimetype="application/json", headers=headers)

    app.add_url_rule("/api/v1/openapi.json", "openapi", openapi)
    return api
