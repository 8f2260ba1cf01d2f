"""The Starlette application: which path goes to which handler, and who may call it."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from contracts.judging import Refusal
from judge.http.answers import guarded, json_answer
from judge.http.blobs import Blobs
from judge.http.judgements import Judgements
from judge.http.status import Status


def create_app(secret: str, judgements: Judgements, blobs: Blobs, status: Status) -> Starlette:
    """Wire the routes. Health and metrics are the only ones without the secret."""
    return Starlette(
        routes=[
            Route("/v1/judgements", guarded(secret, judgements.judge_submission), methods=["POST"]),
            Route(
                "/v1/playground-runs", guarded(secret, judgements.run_playground), methods=["POST"]
            ),
            Route("/v1/blobs/missing", guarded(secret, blobs.missing), methods=["POST"]),
            Route("/v1/blobs/{sha256}", guarded(secret, blobs.put), methods=["PUT"]),
            Route("/v1/languages", guarded(secret, status.languages)),
            Route("/v1/health", status.health),
            Route("/metrics", status.exposition),
        ],
        exception_handlers={404: _not_found, 405: _not_found},
    )


async def _not_found(_request: Request, _error: Exception) -> Response:
    return json_answer(Refusal(code="not_found", message="there is no such call"), 404)
