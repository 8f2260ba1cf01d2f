"""`python -m scheduler health`: are the broker and the database there? For health checks."""

from __future__ import annotations

import psycopg2
import redis

from scheduler.app import make_redis
from scheduler.settings import Settings


def faults(settings: Settings) -> list[str]:
    """Return what is missing, empty when all is well."""
    found = []
    try:
        make_redis(settings).ping()
    except redis.RedisError as error:
        found.append(f"Redis: {error}")
    try:
        psycopg2.connect(settings.database_url, connect_timeout=3).close()
    except psycopg2.Error as error:
        found.append(f"PostgreSQL: {error}")
    return found
