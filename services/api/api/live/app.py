"""Entry of the live role under gunicorn's gevent worker: `api.live.app:create_app()`."""

from __future__ import annotations

from flask import Flask
from gevent import monkey

from api import app
from api.live import postgres


def create_app() -> Flask:
    """Return the application of the live role. The worker has patched the libraries by now."""
    if monkey.is_module_patched("socket"):
        postgres.give_way()
    return app.create_app()
