"""Every process of the local run: its command, its environment and when it counts as ready."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from scripts.local_run import postgres, redis_server
from scripts.local_run.gateway import gateway_command, gateway_environment, nginx_command
from scripts.local_run.places import Place

INFRASTRUCTURE = ("postgres", "redis", "mail")
"""Started before the schema is made; everything else after."""

GROUPS = ("storage", "queue", "judging", "workers", "api", "edge")
"""Started in this order and stopped in the reverse, so that nobody loses what they work with."""

PASSED_THROUGH = (
    # Settings a person or a test may give for one start, as in a deployment.
    "EMAIL_VERIFICATION_GRACE_HOURS",
    "REGISTRATION_OPEN",
    "SUBMISSION_RATE",
    "PLAYGROUND_RATE",
    "LEASE_SECONDS",
    "MAX_FAILURES",
    "CONCURRENCY",
    "JUDGE_SLOTS",
    "JUDGE_CGROUP_ROOT",
    "LOG_LEVEL",
)


@dataclass(frozen=True)
class Program:
    """One process under the supervisor, in a group that is started and stopped as one."""

    name: str
    command: list[str]
    group: str
    environment: dict[str, str] = field(default_factory=dict)
    ready: str = ""
    """Address that answers 200 when it is ready; empty: something else looks after it."""
    nice: int = 0
    user: str | None = None
    stop_signal: str = "TERM"
    stop_wait_s: int = 10


def all_programs(
    place: Place, secrets: Mapping[str, str], environ: Mapping[str, str]
) -> list[Program]:
    """Return every program in the order in which they are started."""
    shared = _shared_environment(place, secrets, environ)
    return [
        *_infrastructure(place, secrets),
        *_workers(place, secrets, shared),
        *_api_roles(place, secrets, shared),
        Program("nginx", nginx_command(place), "edge", stop_signal="QUIT", stop_wait_s=5),
        Program(
            "gateway",
            gateway_command(place),
            "edge",
            gateway_environment(place),
            ready=f"http://127.0.0.1:{place.ports.gateway_ping}/ping",
        ),
    ]


def _shared_environment(
    place: Place, secrets: Mapping[str, str], environ: Mapping[str, str]
) -> dict[str, str]:
    return {
        "ENVIRONMENT": "development",
        "LOG_LEVEL": "info",
        "LOG_FORMAT": "text",
        "PUBLIC_URL": place.base_url,
        "REDIS_URL": redis_server.url(place, secrets["REDIS_PASSWORD"]),
        **_quiet_about_root(),
        **{name: environ[name] for name in PASSED_THROUGH if environ.get(name)},
    }


def _quiet_about_root() -> dict[str, str]:
    """Celery warns of root because pickle would be dangerous then; we only accept JSON."""
    return {"PYTHONWARNINGS": "ignore:::celery.platforms"} if os.geteuid() == 0 else {}


def database_url(place: Place, secrets: Mapping[str, str], service: str) -> dict[str, str]:
    password = secrets[f"CODEPLACE_{service.upper()}_DB_PASSWORD"]
    return {"DATABASE_URL": postgres.url(place, f"codeplace_{service}", password)}


def migrate_environment(place: Place, secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the one-shot `migrate`."""
    admin = postgres.url(place, postgres.USER, secrets["POSTGRES_PASSWORD"])
    passwords = {name: value for name, value in secrets.items() if name.endswith("_DB_PASSWORD")}
    return {"DATABASE_ADMIN_URL": admin, **passwords}


def api_environment(
    place: Place, secrets: Mapping[str, str], environ: Mapping[str, str]
) -> dict[str, str]:
    """Return the environment of `python -m api`: seed, accounts and the people's commands."""
    return {
        **_shared_environment(place, secrets, environ),
        **database_url(place, secrets, "api"),
        "SECRET_KEY": secrets["SECRET_KEY"],
        "MAIL_LINK_KEY": secrets["MAIL_LINK_KEY"],
    }


def _infrastructure(place: Place, secrets: Mapping[str, str]) -> list[Program]:
    return [
        Program(
            "postgres",
            postgres.command(place),
            "storage",
            user=postgres.server_user(),
            stop_signal="INT",  # "fast": disconnects who is still there, and writes a checkpoint
            stop_wait_s=30,
        ),
        Program("redis", redis_server.command(place, secrets["REDIS_PASSWORD"]), "queue"),
        Program(
            "mail",
            [str(place.python), "-m", "scripts.mail_sink", str(place.mail)],
            "queue",
            {"SMTP_PORT": str(place.ports.smtp), "MAIL_PORT": str(place.ports.mail)},
            ready=f"http://127.0.0.1:{place.ports.mail}/messages.json",
        ),
    ]


def _workers(place: Place, secrets: Mapping[str, str], shared: Mapping[str, str]) -> list[Program]:
    ports = place.ports

    def worker(name: str, argv: list[str], metrics: int, own: Mapping[str, str]) -> Program:
        service = argv[0]
        return Program(
            name,
            [str(place.python), "-m", *argv],
            "workers",
            {
                **shared,
                **database_url(place, secrets, service),
                "METRICS_PORT": str(metrics),
                **own,
            },
            ready=f"http://127.0.0.1:{metrics}/metrics",
            nice=5 if service == "grader" else 0,
            stop_wait_s=20,
        )

    mail = {
        "MAIL_LINK_KEY": secrets["MAIL_LINK_KEY"],
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(ports.smtp),
        "SMTP_TLS": "none",
        "MAIL_FROM": "CodePlace <codeplace@localhost>",
    }
    # Their work comes round every two seconds; a person follows these logs.
    clockwork = {"LOG_LEVEL": "warning"} if shared["LOG_LEVEL"] == "info" else {}
    judges = {
        "JUDGE_URLS": f"http://127.0.0.1:{ports.judge}",
        "JUDGE_SECRET": secrets["JUDGE_SECRET"],
    }
    return [
        _judge(place, secrets, shared),
        worker("grader", ["grader"], ports.grader_metrics, judges),
        worker("notifier", ["notifier"], ports.notifier_metrics, mail),
        worker("upkeep", ["scheduler", "upkeep"], ports.upkeep_metrics, clockwork),
        worker("beat", ["scheduler", "beat"], ports.beat_metrics, clockwork),
    ]


def _judge(place: Place, secrets: Mapping[str, str], shared: Mapping[str, str]) -> Program:
    wanted = ("ENVIRONMENT", "LOG_LEVEL", "LOG_FORMAT", "JUDGE_SLOTS", "JUDGE_CGROUP_ROOT")
    environment = {name: shared[name] for name in wanted if name in shared}
    environment |= {
        "JUDGE_SECRET": secrets["JUDGE_SECRET"],
        "JUDGE_HOST": "127.0.0.1",
        "JUDGE_PORT": str(place.ports.judge),
        "JUDGE_CACHE_DIR": str(place.data / "judge-cache"),
    }
    return Program(
        "judge",
        [str(place.python), "-m", "judge"],
        "judging",
        environment,
        ready=f"http://127.0.0.1:{place.ports.judge}/v1/health",
        nice=5,
        stop_wait_s=20,
    )


def _api_roles(
    place: Place, secrets: Mapping[str, str], shared: Mapping[str, str]
) -> list[Program]:
    roles = (
        ("api", "api", "api.app:create_app()", 0),
        ("api-intake", "intake", "api.app:create_app()", 5),
        ("api-live", "live", "api.live.app:create_app()", 0),
    )
    programs = []
    for name, role, application, nice in roles:
        field_name = name.replace("-", "_")
        port: int = getattr(place.ports, field_name)
        metrics: int = getattr(place.ports, f"{field_name}_metrics")
        environment = {
            **shared,
            **database_url(place, secrets, "api"),
            "SECRET_KEY": secrets["SECRET_KEY"],
            "MAIL_LINK_KEY": secrets["MAIL_LINK_KEY"],
            "API_ROLE": role,
            "BIND": f"127.0.0.1:{port}",
            "METRICS_PORT": str(metrics),
            "WEB_CONCURRENCY": str(max(2, os.cpu_count() or 1)),
        }
        programs.append(
            Program(
                name,
                [
                    str(place.venv / "bin" / "gunicorn"),
                    "-c",
                    str(place.root / "services/api/gunicorn.conf.py"),
                    application,
                ],
                "api",
                environment,
                ready=f"http://127.0.0.1:{port}/api/v1/health/ready",
                nice=nice,
                stop_wait_s=20,
            )
        )
    return programs
