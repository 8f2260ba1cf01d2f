"""The Celery tasks: read the message, call the use case. Nothing is decided here."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import msgspec
import structlog
from celery import Celery

from contracts.messages import Message, SendPasswordResetMail, SendVerificationMail, load
from notifier.delivery import Deliveries
from notifier.kinds import PASSWORD_RESET, VERIFICATION
from notifier.logs import logger
from notifier.parking import Parking

M = TypeVar("M", bound=Message)


def register(app: Celery, deliveries: Deliveries, parking: Parking) -> None:
    """Give the app a handler for each message that the notifier owns."""

    def verification(message: SendVerificationMail) -> object:
        return deliveries.deliver(VERIFICATION, _id(message.email_verification_id))

    def password_reset(message: SendPasswordResetMail) -> object:
        return deliveries.deliver(PASSWORD_RESET, _id(message.password_reset_id))

    handle(app, parking, SendVerificationMail, verification)
    handle(app, parking, SendPasswordResetMail, password_reset)


def handle(app: Celery, parking: Parking, kind: type[M], handler: Callable[[M], object]) -> None:
    """Register the task of one message."""

    @app.task(name=kind.NAME)  # type: ignore[untyped-decorator]  # Celery has no types
    def task(*args: object, **fields: object) -> None:
        if args:
            parking.park(kind.NAME, {"args": args, **fields}, "positional arguments")
            return
        try:
            _run(kind, load(kind, fields), handler)
        except msgspec.ValidationError as error:
            parking.park(kind.NAME, fields, str(error))


def _run(kind: type[M], message: M, handler: Callable[[M], object]) -> None:
    started = time.monotonic()
    with structlog.contextvars.bound_contextvars(trace_id=message.trace_id):
        outcome = handler(message)
        seconds = round(time.monotonic() - started, 3)
        logger().info("task_done", message=kind.NAME, outcome=str(outcome), seconds=seconds)


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise msgspec.ValidationError(f"{value!r} is no id") from error
