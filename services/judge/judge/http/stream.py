"""A judging as a streamed answer: work in a thread, lines out, and an end when nobody listens."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Executor

import msgspec
from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from contracts.judging import Event, Finished, Heartbeat
from judge.errors import CancelledError
from judge.slots import Turn

HEARTBEAT_S = 4.0
_CANCEL_AGAIN_S = 0.05
_LOST_MACHINE = "the judge is going away"

Work = Callable[[Callable[[Event], None]], None]


class EventStream(Response):
    """Runs `work` in a thread of `executor` and sends each event as one line of JSON.

    When the connection drops, or the judge goes away, the turn is cancelled until the work has
    ended; only then does the answer end, so that whatever the work holds is given back.
    """

    media_type = "application/x-ndjson"

    def __init__(
        self, work: Work, turn: Turn, executor: Executor, heartbeat_s: float = HEARTBEAT_S
    ) -> None:
        super().__init__()
        del self.headers["content-length"]
        self.background: BackgroundTask | None = None
        self._work = work
        self._turn = turn
        self._executor = executor
        self._heartbeat_s = heartbeat_s
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Serve it."""
        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self._executor, self._run, loop)
        listening = asyncio.ensure_future(_until_disconnect(receive))
        sending = asyncio.ensure_future(self._send(send))
        try:
            await asyncio.wait({listening, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            listening.cancel()
            sending.cancel()
            await self._end(working)
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await sending

    async def _end(self, working: "asyncio.Future[None]") -> None:
        """Wait for the work; cancel it for as long as it has not noticed."""
        while not working.done():
            self._turn.cancel()
            await asyncio.wait({working}, timeout=_CANCEL_AGAIN_S)
        with contextlib.suppress(asyncio.CancelledError):
            working.result()

    async def _send(self, send: Send) -> None:
        await send(
            {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        )
        while True:
            line = await self._next_line()
            if line is None:
                break
            parts = [line]
            while not self._lines.empty():
                more = self._lines.get_nowait()
                if more is None:
                    self._lines.put_nowait(None)
                    break
                parts.append(more)
            await send({"type": "http.response.body", "body": b"".join(parts), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _next_line(self) -> bytes | None:
        try:
            return await asyncio.wait_for(self._lines.get(), self._heartbeat_s)
        except TimeoutError:
            return _line(Heartbeat())

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        def put(line: bytes | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens
                loop.call_soon_threadsafe(self._lines.put_nowait, line)

        try:
            self._work(lambda event: put(_line(event)))
        except CancelledError:
            put(_line(Finished(broken=_LOST_MACHINE)))
        finally:
            self._turn.leave()
            put(None)


async def _until_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _line(event: Event) -> bytes:
    return msgspec.json.encode(event) + b"\n"
