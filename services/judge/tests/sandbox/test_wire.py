"""Datagrams that do not add up are refused, never guessed at."""

import random

import pytest

from judge.sandbox.interface import BoxFile, Collect, Command, Limits
from judge.sandbox.wire import (
    ControlKind,
    RequestKind,
    WireError,
    pack_control,
    pack_run,
    pack_short,
    unpack_control,
    unpack_reply,
)

COMMAND = Command(
    argv=("a", "ü"),
    limits=Limits(1000, 65536),
    environment={"K": "V"},
    stdin=5,
    stderr=6,
    executable=7,
    files=(BoxFile(8, "x/y"),),
    collect=(Collect("out", 7),),
)


def test_descriptors_go_in_the_order_that_the_flags_name() -> None:
    message, descriptors = pack_run(9, COMMAND)
    assert descriptors == [5, 6, 7, 8]
    assert message.endswith("a\0ü\0K=V\0x/y\0out\0".encode())


def test_a_nul_cannot_split_an_argument_in_two() -> None:
    with pytest.raises(WireError):
        pack_run(1, Command(argv=("a\0b",), limits=Limits(1000, 65536)))


def test_short_and_control_requests_have_their_fixed_sizes() -> None:
    assert len(pack_short(RequestKind.CANCEL, 3)) == 16
    assert len(pack_control(ControlKind.MAKE, 1, 2)) == 16


@pytest.mark.parametrize(
    "message", [b"", b"\0" * 100, bytes(4096)], ids=["empty", "short", "zeros"]
)
def test_replies_that_are_not_boxds_are_refused(message: bytes) -> None:
    with pytest.raises(WireError):
        unpack_reply(message, [])
    with pytest.raises(WireError):
        unpack_control(message)


def test_random_replies_never_raise_anything_else() -> None:
    chance = random.Random(1)  # noqa: S311  not a secret
    for _ in range(3000):
        message = b"box1" + chance.randbytes(chance.randrange(400))
        try:
            unpack_reply(message, [])
        except WireError:
            continue
