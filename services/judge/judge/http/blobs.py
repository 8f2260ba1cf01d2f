"""PUT /v1/blobs/{sha256} and POST /v1/blobs/missing: the grader hands over test data."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from contracts.judging import BlobQuery, MissingBlobs
from judge.blobs import BlobCache, is_blob_name
from judge.errors import MalformedRequestError
from judge.http.answers import json_answer, read_body


class Blobs:
    """The two calls about files."""

    def __init__(self, cache: BlobCache) -> None:
        self._cache = cache

    async def put(self, request: Request) -> Response:
        """Store a file; 204, also when it was here already."""
        sha256 = str(request.path_params["sha256"])
        if not is_blob_name(sha256):
            raise MalformedRequestError("a blob is named by a lower-case hex SHA-256")
        with self._cache.writer(sha256) as writer:
            async for chunk in request.stream():
                writer.write(chunk)
            await asyncio.to_thread(writer.commit)
        return Response(status_code=204)

    async def missing(self, request: Request) -> Response:
        """Which of these files have to be sent."""
        query = await read_body(request, BlobQuery)
        if not all(map(is_blob_name, query.sha256)):
            raise MalformedRequestError("a blob is named by a lower-case hex SHA-256")
        return json_answer(MissingBlobs(missing=self._cache.missing(query.sha256)))
