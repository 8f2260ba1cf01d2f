"""Makes the application. The only place where things are wired."""

from __future__ import annotations

import os
from dataclasses import dataclass

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api import logs, messages
from api.accounts import messages as accounts_messages
from api.accounts.authenticator import DatabaseAuthenticator
from api.broker import CeleryBroker
from api.clock import SystemClock
from api.health.routes import blueprint as health
from api.i18n import Catalogue, Translator
from api.rate_limits import RedisRateLimits
from api.resources import Resources
from api.settings import Role, Settings
from api.web import error_handlers, observe
from api.web.blueprint import Blueprint
from api.web.context import EXTENSION, TRANSLATOR
from api.web.openapi import make_api
from database.engine import make_engine, make_session_factory

EVERYWHERE = frozenset(Role)
API_ONLY = frozenset({Role.API})
TAKES_WORK = frozenset({Role.API, Role.INTAKE})


@dataclass(frozen=True)
class Feature:
    """A feature's routes and the roles that serve them."""

    blueprint: Blueprint
    roles: frozenset[Role]


FEATURES: tuple[Feature, ...] = (Feature(health, EVERYWHERE),)

CATALOGUES: tuple[Catalogue, ...] = (
    messages.MESSAGES,
    accounts_messages.MESSAGES,
)


def create_app(settings: Settings | None = None, resources: Resources | None = None) -> Flask:
    """Return the application of the role in the settings.

    Args:
        settings: read from the environment when not given.
        resources: the ports; the real ones when not given.

    """
    if resources is None:
        settings = settings or Settings.from_environment(os.environ)
        logs.configure(settings.log_level, settings.log_format)
        resources = real_resources(settings)
    settings = resources.settings
    app = Flask("api", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.max_body_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of the default provider
    app.extensions[EXTENSION] = resources
    app.extensions[TRANSLATOR] = Translator(CATALOGUES)
    hops = settings.trusted_proxy_hops
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Werkzeug's manual says
        app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
    )
    observe.register(app)
    error_handlers.register(app)
    api = make_api(app)
    for feature in FEATURES:
        if settings.role in feature.roles:
            api.register_blueprint(feature.blueprint)
    return app


def real_resources(settings: Settings) -> Resources:
    """Return the ports to the real PostgreSQL and Redis."""
    engine = make_engine(
        settings.database_url,
        pool_size=settings.database_pool,
        application=f"codeplace-{settings.role.value}",
    )
    sessions, clock = make_session_factory(engine), SystemClock()
    return Resources(
        settings=settings,
        sessions=sessions,
        broker=CeleryBroker(settings.redis_url),
        clock=clock,
        rate_limits=RedisRateLimits(settings.redis_url),
        authenticator=DatabaseAuthenticator(sessions, clock),
    )
