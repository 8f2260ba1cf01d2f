"""The checkers' rules once more: slow, exact and obviously right. `compare.c` must agree."""

import re
from fractions import Fraction

SPACE = b" \t\n\v\f\r"
_NUMBER = re.compile(rb"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_PIECES = re.compile(rb"[ \t\n\v\f\r]+|[^ \t\n\v\f\r]+")
_LARGEST_EXPONENT = 5000


def lower(text: bytes) -> bytes:
    return bytes(byte + 32 if 65 <= byte <= 90 else byte for byte in text)


def number(token: bytes) -> Fraction | None:
    if len(token) > 100_000 or _NUMBER.fullmatch(token) is None:
        return None
    mantissa, _, exponent = lower(token).partition(b"e")
    scale = int(exponent or b"0")
    if abs(scale) > _LARGEST_EXPONENT:
        message = "the twin is not asked for such numbers"
        raise ValueError(message)
    return Fraction(mantissa.decode()) * Fraction(10) ** scale


def same_token(
    answer: bytes,
    output: bytes,
    *,
    floats: bool,
    case_sensitive: bool,
    absolute: float | None,
    relative: float | None,
) -> bool:
    expected = number(answer) if floats else None
    if expected is not None:
        found = number(output)
        if found is None:
            return False
        off = abs(expected - found)
        return (
            off == 0
            or (absolute is not None and off <= Fraction(absolute))
            or (relative is not None and off <= Fraction(relative) * abs(expected))
        )
    return answer == output if case_sensitive else lower(answer) == lower(output)


def tokens(
    answer: bytes,
    output: bytes,
    *,
    floats: bool = False,
    case_sensitive: bool = False,
    space_sensitive: bool = False,
    absolute: float | None = None,
    relative: float | None = None,
) -> bool:
    left, right = _PIECES.findall(answer), _PIECES.findall(output)
    if not space_sensitive:
        left = [piece for piece in left if piece[0] not in SPACE]
        right = [piece for piece in right if piece[0] not in SPACE]
    if len(left) != len(right):
        return False
    for expected, found in zip(left, right, strict=True):
        if expected[0] in SPACE or found[0] in SPACE:
            if expected != found:
                return False
        elif not same_token(
            expected,
            found,
            floats=floats,
            case_sensitive=case_sensitive,
            absolute=absolute,
            relative=relative,
        ):
            return False
    return True


def lines(answer: bytes, output: bytes) -> bool:
    return _lines(answer) == _lines(output)


def _lines(text: bytes) -> list[bytes]:
    return [line.rstrip(SPACE) for line in text.rstrip(SPACE).split(b"\n")]
