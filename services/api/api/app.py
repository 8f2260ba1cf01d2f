"""Makes the application. The only place where things are wired."""

from __future__ import annotations

# Threads that need this codec for the first time at the same moment can leave Python without it for
# good ("unknown encoding: idna", on every request of that process), so it is loaded before them.
import encodings.idna  # noqa: F401
import os
from dataclasses import dataclass

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api import logs, messages
from api.accounts import messages as accounts_messages
from api.accounts.authenticator import DatabaseAuthenticator
from api.accounts.hashing import Argon2Hasher
from api.accounts.routes import blueprint as accounts
from api.announcements import messages as announcements_messages
from api.announcements.routes import blueprint as announcements
from api.broker import CeleryBroker
from api.clock import SystemClock
from api.health.routes import blueprint as health
from api.i18n import Catalogue, Translator
from api.languages import messages as languages_messages
from api.languages.routes import blueprint as languages
from api.live import messages as live_messages
from api.live.hub import Hub
from api.live.routes import blueprint as live
from api.live.subscriber import Subscriber
from api.mailed_links.routes import blueprint as mailed_links
from api.packages import messages as packages_messages
from api.packages.routes import blueprint as packages
from api.playground import messages as playground_messages
from api.playground.routes import blueprint as playground
from api.playground.routes import intake_blueprint as playground_intake
from api.problems import messages as problems_messages
from api.problems.routes import blueprint as problems
from api.rankings.routes import blueprint as rankings
from api.rate_limits import RedisRateLimits
from api.rejudgings import messages as rejudgings_messages
from api.rejudgings.routes import blueprint as rejudgings
from api.resources import Resources
from api.sessions.routes import blueprint as sign_in
from api.settings import Role, Settings
from api.statistics.routes import blueprint as statistics
from api.submissions import messages as submissions_messages
from api.submissions.routes import blueprint as submissions
from api.submissions.routes import intake_blueprint as intake
from api.tokens import messages as tokens_messages
from api.tokens.routes import blueprint as tokens
from api.web import error_handlers, observe
from api.web.blueprint import Blueprint
from api.web.context import EXTENSION, HEALTH_CHECKS, LIVE_HUB, LIVE_SUBSCRIBER, TRANSLATOR
from api.web.openapi import make_api
from database.engine import make_engine, make_session_factory

EVERYWHERE = frozenset(Role)
API_ONLY = frozenset({Role.API})
LIVE_ONLY = frozenset({Role.LIVE})
TAKES_WORK = frozenset({Role.API, Role.INTAKE})


@dataclass(frozen=True)
class Feature:
    """A feature's routes and the roles that serve them."""

    blueprint: Blueprint
    roles: frozenset[Role]


FEATURES: tuple[Feature, ...] = (
    Feature(health, EVERYWHERE),
    Feature(accounts, API_ONLY),
    Feature(sign_in, API_ONLY),
    Feature(mailed_links, API_ONLY),
    Feature(tokens, API_ONLY),
    Feature(languages, API_ONLY),
    Feature(problems, API_ONLY),
    Feature(packages, API_ONLY),
    Feature(intake, TAKES_WORK),
    Feature(submissions, API_ONLY),
    Feature(rejudgings, API_ONLY),
    Feature(playground_intake, TAKES_WORK),
    Feature(playground, API_ONLY),
    Feature(rankings, API_ONLY),
    Feature(announcements, API_ONLY),
    Feature(statistics, API_ONLY),
    Feature(live, LIVE_ONLY),
)

CATALOGUES: tuple[Catalogue, ...] = (
    messages.MESSAGES,
    accounts_messages.MESSAGES,
    tokens_messages.MESSAGES,
    languages_messages.MESSAGES,
    problems_messages.MESSAGES,
    packages_messages.MESSAGES,
    submissions_messages.MESSAGES,
    rejudgings_messages.MESSAGES,
    playground_messages.MESSAGES,
    announcements_messages.MESSAGES,
    live_messages.MESSAGES,
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
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # likewise
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
    if settings.role is Role.LIVE:
        _listen(app, settings)
    return app


def _listen(app: Flask, settings: Settings) -> None:
    hub = Hub(settings.live_max_streams)
    subscriber = Subscriber(settings.redis_url, hub)
    subscriber.start()
    app.extensions[LIVE_HUB] = hub
    app.extensions[LIVE_SUBSCRIBER] = subscriber
    app.extensions[HEALTH_CHECKS] = [subscriber.missing]


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
        hasher=Argon2Hasher(),
    )
