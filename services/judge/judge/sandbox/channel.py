"""One slot's socket: a run sent, its answer awaited, cancelled from another thread."""

import os
import socket
import threading
from contextlib import suppress

from judge.sandbox.interface import Command
from judge.sandbox.wire import (
    MAX_DESCRIPTORS,
    REPLY_BYTES,
    REPLY_MAX_BYTES,
    Measured,
    RequestKind,
    WireError,
    pack_run,
    pack_short,
    unpack_reply,
)

# Beyond the wall limit: writing files in, killing a bomb's processes, reading files out. The
# limit itself may become four times as long where a program waits for a core (run.c).
_GRACE_S = 15.0
_WALL_STRETCH = 4


class SlotGoneError(Exception):
    """The slot's init ended or does not answer: make a new one."""


class Channel:
    """Talks to one init. One thread runs; any thread may cancel."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._lock = threading.Lock()
        self._run_id = 0
        self._running = False

    def run(self, command: Command) -> Measured:
        """Send, wait, and read. SlotGoneError when the slot did not survive it."""
        with self._lock:
            self._run_id += 1
            run_id = self._run_id
            self._running = True
        message, descriptors = pack_run(run_id, command)
        wall_s = command.limits.effective_wall_time_ms / 1000
        self._socket.settimeout(_WALL_STRETCH * wall_s + _GRACE_S)
        try:
            socket.send_fds(self._socket, [message], descriptors)
            # The big buffer costs more than the rest of the run's Python; most runs need none.
            most = REPLY_MAX_BYTES if command.collect else REPLY_BYTES
            reply, received, _, _ = socket.recv_fds(
                self._socket, most, MAX_DESCRIPTORS, socket.MSG_CMSG_CLOEXEC
            )
        except OSError as error:
            raise SlotGoneError(str(error)) from error
        finally:
            with self._lock:
                self._running = False
        if not reply:
            raise SlotGoneError("the slot closed its socket")
        return self._understood(reply, list(received), run_id)

    def cancel(self) -> None:
        """End the run under way; none, none ended."""
        with self._lock:
            if self._running:
                with suppress(OSError):
                    self._socket.send(pack_short(RequestKind.CANCEL, self._run_id))

    def wipe(self) -> None:
        """Empty /box."""
        try:
            self._socket.send(pack_short(RequestKind.WIPE))
        except OSError as error:
            raise SlotGoneError(str(error)) from error

    def close(self) -> None:
        """Hang up; init ends."""
        self._socket.close()

    @staticmethod
    def _understood(reply: bytes, received: list[int], run_id: int) -> Measured:
        try:
            measured = unpack_reply(reply, received)
        except WireError as error:
            for descriptor in received:
                os.close(descriptor)
            raise SlotGoneError(str(error)) from error
        if measured.run_id != run_id and not measured.broken_errno:
            raise SlotGoneError("the slot answered another run")
        return measured
