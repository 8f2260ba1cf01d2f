"""One HTTP request to one judge, read in a thread of its own so that the grader can look around.

Knows the judge's HTTP shapes and nothing of slots, claims or the choice of a judge.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterator

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from contracts.judging import (
    SECRET_HEADER,
    TRACE_HEADER,
    Event,
    Finished,
    Health,
    JudgingRequest,
    Language,
    Languages,
    MissingBlobs,
    PlaygroundRequest,
    Refusal,
)
from grader.errors import GraderError, JudgeBrokenError, JudgeLostError
from grader.ports import BlobSource

CONNECT_TIMEOUT_S = 3.0
READ_TIMEOUT_S = 15.0
"""A judge sends a heartbeat every 5 s: three missed ones are a lost judge."""
TICK_S = 0.1
"""How long the grader waits for a line before it looks at its lease."""
MAX_LINE_BYTES = 32 << 20
UPLOAD_ROUNDS = 3

EVENTS = msgspec.json.Decoder(Event)


class BusyError(GraderError):
    """No free slot, or going away (503)."""

    def __init__(self, reason: str, retry_after_s: float) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class UnreachableError(GraderError):
    """Nothing was begun: the judge did not answer, or does not accept us."""


class LanguageUnknownError(GraderError):
    """This judge does not offer the language (422)."""


class Wire:
    """The HTTP connections to all judges."""

    def __init__(self, secret: str, connections: int) -> None:
        self._session = requests.Session()
        # No proxy from the environment may come between a grader and a judge.
        self._session.trust_env = False
        self._session.mount("http://", HTTPAdapter(pool_maxsize=connections))
        self._session.headers[SECRET_HEADER] = secret

    def health(self, url: str) -> Health:
        """Ask how a judge is; a judge that is not ready may say so with a 503."""
        answer = self._get(url, "/v1/health", {200, 503})
        return msgspec.json.decode(answer, type=Health)

    def languages(self, url: str) -> list[Language]:
        """Ask what a judge offers."""
        answer = self._get(url, "/v1/languages", {200})
        return msgspec.json.decode(answer, type=Languages).languages

    def _get(self, url: str, path: str, statuses: set[int]) -> bytes:
        answer = self._session.get(f"{url}{path}", timeout=(CONNECT_TIMEOUT_S, CONNECT_TIMEOUT_S))
        if answer.status_code not in statuses:
            raise requests.HTTPError(f"{path} answered {answer.status_code}", response=answer)
        return answer.content

    def post(self, url: str, body: bytes, trace_id: str) -> requests.Response:
        """Send a request and return the answer as soon as its head is there."""
        headers = {"Content-Type": "application/json", TRACE_HEADER: trace_id}
        return self._session.post(
            url,
            data=body,
            headers=headers,
            stream=True,
            timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
        )

    def put(self, url: str, content: Upload) -> requests.Response:
        """Send a file."""
        data = content if len(content) else b""
        return self._session.put(
            url,
            data=data,
            headers={"Content-Type": "application/octet-stream"},
            timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
        )


class Upload:
    """A file on its way to a judge: its length is known, its bytes come piece by piece."""

    def __init__(self, size: int, chunks: Callable[[], Iterator[bytes]]) -> None:
        self._size = size
        self._chunks = chunks

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks()


Item = Event | Exception


class Conversation:
    """Asks one judge, gives it the files that it lacks, and passes on what it says."""

    def __init__(
        self,
        wire: Wire,
        blobs: BlobSource,
        url: str,
        request: JudgingRequest | PlaygroundRequest,
        trace_id: str,
    ) -> None:
        self._wire = wire
        self._blobs = blobs
        self._url = url
        self._request = request
        self._trace_id = trace_id
        self._items: queue.SimpleQueue[Item] = queue.SimpleQueue()
        self._response: requests.Response | None = None
        self._closed = threading.Event()

    def events(self) -> Generator[Event | None, None, None]:
        """Yield what the judge says, and None when nothing came for a moment.

        Raises:
            UnreachableError, BusyError, LanguageUnknownError: before the first event.
            JudgeLostError, JudgeBrokenError: at any time.

        """
        threading.Thread(target=self._run, daemon=True, name="conversation").start()
        try:
            while True:
                try:
                    item = self._items.get(timeout=TICK_S)
                except queue.Empty:
                    yield None
                    continue
                if isinstance(item, Exception):
                    raise item
                yield item
                if isinstance(item, Finished):
                    return
        finally:
            self._close()

    def _close(self) -> None:
        self._closed.set()
        response = self._response
        if response is not None and not response.raw.closed:
            # Wakes the reading thread, which closes the connection; the judge ends the boxes then.
            try:
                response.raw.shutdown()
            except (OSError, ValueError, RuntimeError):
                return

    def _run(self) -> None:
        try:
            self._converse()
        except (BusyError, UnreachableError, LanguageUnknownError, JudgeBrokenError) as error:
            self._items.put(error)
        except (requests.ConnectTimeout, requests.ConnectionError) as error:
            begun = self._response is not None
            kind = JudgeLostError if begun else UnreachableError
            self._items.put(kind(f"{self._url}: {error}"))
        except (requests.RequestException, HTTPError, OSError) as error:
            self._items.put(JudgeLostError(f"The judge was lost: {error}"))
        except msgspec.DecodeError as error:
            self._items.put(JudgeBrokenError(f"The judge's words make no sense: {error}"))
        except Exception as error:  # noqa: BLE001 - else the grader would wait for ever
            self._items.put(JudgeBrokenError(f"{type(error).__name__}: {error}"))

    def _converse(self) -> None:
        judging = isinstance(self._request, JudgingRequest)
        url = f"{self._url}/v1/{'judgements' if judging else 'playground-runs'}"
        body = msgspec.json.encode(self._request)
        for _ in range(UPLOAD_ROUNDS):
            with self._wire.post(url, body, self._trace_id) as response:
                if response.status_code == requests.codes.ok:
                    self._response = response
                    self._listen(response)
                    return
                missing = self._refused(response)
            for sha256 in missing:
                self._give(sha256)
        raise JudgeBrokenError("The judge asks for the same files again and again.")

    def _refused(self, response: requests.Response) -> list[str]:
        status = response.status_code
        if status == requests.codes.conflict:
            return msgspec.json.decode(response.content, type=MissingBlobs).missing
        refusal = self._refusal(response)
        if status == requests.codes.service_unavailable:
            raise BusyError(refusal.message, _seconds(response.headers.get("Retry-After")))
        if status == requests.codes.unprocessable:
            raise LanguageUnknownError(refusal.message)
        if status == requests.codes.unauthorized:
            # A wrong secret is a fault of the operator's that no submission shall suffer for.
            raise UnreachableError(f"{self._url} does not accept JUDGE_SECRET.")
        raise JudgeBrokenError(f"The judge answered {status} {refusal.code}: {refusal.message}")

    @staticmethod
    def _refusal(response: requests.Response) -> Refusal:
        try:
            return msgspec.json.decode(response.content, type=Refusal)
        except msgspec.DecodeError:
            return Refusal(code="unknown", message=response.text[:200])

    def _give(self, sha256: str) -> None:
        sizes = _blob_sizes(self._request)
        if sha256 not in sizes:
            raise JudgeBrokenError(f"The judge asks for {sha256}, which is not of this request.")
        upload = Upload(sizes[sha256], lambda: self._chunks(sha256))
        with self._wire.put(f"{self._url}/v1/blobs/{sha256}", upload) as response:
            if not response.ok:
                refusal = self._refusal(response)
                raise JudgeBrokenError(f"The judge refused a file: {refusal.message}")

    def _chunks(self, sha256: str) -> Iterator[bytes]:
        for chunk in self._blobs.chunks(sha256):
            if self._closed.is_set():
                raise JudgeLostError("Given up while sending a file.")
            yield chunk

    def _listen(self, response: requests.Response) -> None:
        for line in _lines(response):
            event = EVENTS.decode(line)
            self._items.put(event)
            if isinstance(event, Finished) or self._closed.is_set():
                return
        self._items.put(JudgeLostError("The judge's stream was cut off."))


def _lines(response: requests.Response) -> Iterator[bytes]:
    """Yield lines as soon as they are there; `iter_lines` would wait for a full block."""
    pending = b""
    while piece := response.raw.read1(1 << 16):
        *lines, pending = (pending + piece).split(b"\n")
        yield from (line for line in lines if line.strip())
        if len(pending) > MAX_LINE_BYTES:
            raise JudgeBrokenError("The judge sent a line without end.")


def _blob_sizes(request: JudgingRequest | PlaygroundRequest) -> dict[str, int]:
    if isinstance(request, PlaygroundRequest):
        return {}
    blobs = [blob for case in request.cases for blob in (case.input, case.answer)]
    return {blob.sha256: blob.size for blob in blobs}


def _seconds(header: str | None) -> float:
    try:
        return min(60.0, max(0.0, float(header or 1)))
    except ValueError:
        return 1.0
