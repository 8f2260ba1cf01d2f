"""The Celery tasks: read the message, call the use case. Nothing is decided here."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import msgspec
import structlog
from celery import Celery
from kombu.exceptions import OperationalError

from contracts.messages import GradeJudgement, Message, RefreshLanguages, RunPlayground, dump, load
from grader.errors import DrainingError
from grader.grading import Grading
from grader.logs import logger
from grader.parking import Parking
from grader.playground import Playground

M = TypeVar("M", bound=Message)


@dataclass(frozen=True)
class UseCases:
    """What the tasks call."""

    grading: Grading
    playground: Playground
    refresh_languages: Callable[[], None]
    parking: Parking


def register(app: Celery, use_cases: UseCases) -> None:
    """Give the app a handler for each message that the grader owns."""

    def grade_judgement(message: GradeJudgement) -> object:
        return use_cases.grading.grade_next(message)

    def run_playground(message: RunPlayground) -> object:
        run_id = _id(message.playground_run_id)
        return use_cases.playground.run(run_id, message.trace_id)

    def refresh_languages(message: RefreshLanguages) -> object:
        del message
        use_cases.refresh_languages()
        return "refreshed"

    handle(app, use_cases.parking, GradeJudgement, grade_judgement)
    handle(app, use_cases.parking, RunPlayground, run_playground)
    handle(app, use_cases.parking, RefreshLanguages, refresh_languages)


def handle(app: Celery, parking: Parking, kind: type[M], handler: Callable[[M], object]) -> None:
    """Register the task of one message."""

    @app.task(name=kind.NAME)  # type: ignore[untyped-decorator]  # Celery has no types
    def task(*args: object, **fields: object) -> None:
        if args:
            parking.park(kind.NAME, {"args": args, **fields}, "positional arguments")
            return
        try:
            _run(app, kind, load(kind, fields), handler)
        except msgspec.ValidationError as error:
            parking.park(kind.NAME, fields, str(error))


def _run(app: Celery, kind: type[M], message: M, handler: Callable[[M], object]) -> None:
    started = time.monotonic()
    with structlog.contextvars.bound_contextvars(trace_id=message.trace_id):
        try:
            outcome = handler(message)
        except DrainingError:
            _ring_again(app, message)
            outcome = "handed_back"
        seconds = round(time.monotonic() - started, 3)
        logger().info("task_done", message=kind.NAME, outcome=str(outcome), seconds=seconds)


def _ring_again(app: Celery, message: Message) -> None:
    """Tell another grader at once; without this the sweep would do it seconds later."""
    try:
        app.send_task(message.NAME, kwargs=dump(message), queue=message.queue.value, retry=False)
    except (OperationalError, OSError) as error:
        logger().warning("not_rung_again", reason=str(error))


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise msgspec.ValidationError(f"{value!r} is no id") from error
