"""Where the input and the answer of a test case come from: the blob cache, or the request."""

from typing import Protocol

from contracts.judging import JudgingCase, PlaygroundCase
from judge.blobs import BlobCache
from judge.sandbox.descriptors import close_all, sealed_memory

_COPIED_AT_MOST_BYTES = 1 << 20


class Case(Protocol):
    """One input, perhaps with an answer. Each block has descriptors of its own."""

    @property
    def ordinal(self) -> int: ...

    def input(self) -> "OpenFile": ...

    def answer(self) -> "OpenFile | None": ...


class OpenFile:
    """A descriptor that is closed at the end of a `with` block."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> int:
        return self._descriptor

    def __exit__(self, *_error: object) -> None:
        close_all((self._descriptor,))


class StoredCase:
    """A test case of a problem: both files are pinned in the cache."""

    def __init__(self, case: JudgingCase, blobs: BlobCache) -> None:
        self._case = case
        self._blobs = blobs

    @property
    def ordinal(self) -> int:
        return self._case.ordinal

    def input(self) -> OpenFile:
        """Small ones as sealed memory; a copy of a large one would cost more than it hides."""
        blob = self._case.input
        if blob.size > _COPIED_AT_MOST_BYTES:
            return OpenFile(self._blobs.open_nameless(blob.sha256))
        with OpenFile(self._blobs.open(blob.sha256)) as stored:
            return OpenFile(sealed_memory(stored, "input"))

    def answer(self) -> OpenFile:
        return OpenFile(self._blobs.open(self._case.answer.sha256))


class SentCase:
    """An input that came with the request."""

    def __init__(self, case: PlaygroundCase) -> None:
        self._case = case

    @property
    def ordinal(self) -> int:
        return self._case.ordinal

    def input(self) -> OpenFile:
        return OpenFile(sealed_memory(self._case.input, "input"))

    def answer(self) -> OpenFile | None:
        answer = self._case.answer
        return None if answer is None else OpenFile(sealed_memory(answer, "answer"))
