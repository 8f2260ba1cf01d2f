"""boxd as a process: found, started or inherited, asked for slots."""

import os
import socket
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from judge.sandbox.interface import SandboxUnavailableError
from judge.sandbox.wire import (
    CONTROL_MAX_BYTES,
    ControlKind,
    ControlReply,
    WireError,
    pack_control,
    unpack_control,
)

_ANSWER_TIMEOUT_S = 30.0
_END_TIMEOUT_S = 10.0
_INSTALLED = Path("/usr/libexec/codeplace/boxd")
_BUILT = Path(__file__).resolve().parents[2] / "boxd" / "build" / "boxd"


@dataclass(frozen=True, slots=True)
class BoxdSettings:
    """How boxd is found and started.

    `inherited_descriptor` is its control socket when boxd started us (JUDGE_BOXD_FD); the other
    fields then do not count, boxd having its own arguments.
    """

    path: Path
    binds: tuple[str, ...]
    control_group: str = "auto"
    inherited_descriptor: int | None = None


def find_boxd(environ: Mapping[str, str]) -> Path:
    """JUDGE_BOXD, else the one built in the source tree, else the installed one."""
    if named := environ.get("JUDGE_BOXD"):
        return Path(named)
    return _BUILT if _BUILT.exists() else _INSTALLED


def boxd_arguments(settings: BoxdSettings) -> list[str]:
    """The command line, without the part that says who talks to it."""
    binds = (part for bind in settings.binds for part in ("--bind", bind))
    return [str(settings.path), "--cgroup", settings.control_group, *binds]


def probe(settings: BoxdSettings) -> dict[str, str]:
    """What boxd finds out about this host; starts nothing that stays."""
    command = [*boxd_arguments(settings), "--probe"]
    try:
        done = subprocess.run(  # noqa: S603  our own helper, no shell
            command, capture_output=True, text=True, timeout=_ANSWER_TIMEOUT_S, check=False
        )
    except OSError as error:
        raise SandboxUnavailableError(f"boxd cannot be started: {error}") from error
    return parse_description(done.stdout)


def parse_description(text: str) -> dict[str, str]:
    """`name=value` lines."""
    pairs = (line.partition("=") for line in text.splitlines())
    return {name: value for name, sign, value in pairs if sign}


class Boxd:
    """The control socket, and the process when it is our child. Safe to use from any thread."""

    def __init__(self, settings: BoxdSettings) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        if settings.inherited_descriptor is not None:
            self._socket = socket.socket(fileno=os.dup(settings.inherited_descriptor))
        else:
            self._socket = self._start(boxd_arguments(settings))
        self._socket.settimeout(_ANSWER_TIMEOUT_S)

    def describe(self) -> dict[str, str]:
        """What boxd found out about this host at its start."""
        reply, _ = self._ask(ControlKind.DESCRIBE)
        return parse_description(reply.text)

    def make_slot(self, index: int, cpu: int | None) -> socket.socket:
        """A new slot in that place, whatever was there before; its socket."""
        reply, descriptors = self._ask(ControlKind.MAKE, index, -1 if cpu is None else cpu)
        if reply.error or not descriptors:
            for descriptor in descriptors:
                os.close(descriptor)
            reason = f"{reply.text.strip()}: {os.strerror(reply.error)}"
            raise SandboxUnavailableError(f"boxd cannot make slot {index}: {reason}")
        return socket.socket(fileno=descriptors[0])

    def close(self) -> None:
        """End boxd and with it every slot."""
        self._socket.close()
        if self._process is None:
            return
        try:
            self._process.wait(_END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self, arguments: Sequence[str]) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [*arguments, "--fd", str(theirs.fileno())]
            try:
                self._process = subprocess.Popen(  # noqa: S603  our own helper, no shell
                    command, pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL
                )
            except OSError as error:
                ours.close()
                raise SandboxUnavailableError(f"boxd cannot be started: {error}") from error
        return ours

    def _ask(
        self, kind: ControlKind, index: int = 0, cpu: int = -1
    ) -> tuple[ControlReply, list[int]]:
        with self._lock:
            try:
                self._socket.send(pack_control(kind, index, cpu))
                message, descriptors, _, _ = socket.recv_fds(
                    self._socket, CONTROL_MAX_BYTES, 1, socket.MSG_CMSG_CLOEXEC
                )
                return unpack_control(message), list(descriptors)
            except (OSError, WireError) as error:
                raise SandboxUnavailableError(f"boxd does not answer: {error}") from error
