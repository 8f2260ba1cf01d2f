"""Gets a judge ready after its start: self-tests of the languages, then precompiled headers."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import structlog

from judge.errors import JudgeError
from judge.languages import headers
from judge.languages.registry import Installed, Offer
from judge.languages.selftest import try_language
from judge.sandbox.interface import SandboxError
from judge.workshop import Workshop

_LOG = structlog.get_logger(__name__)


def open_languages(workshop: Workshop, only: frozenset[str] = frozenset()) -> None:
    """Try each language, one on each slot; what passed is offered as soon as it did.

    With `only` the others are not tried and not offered.
    """
    with ThreadPoolExecutor(workshop.slots.size, thread_name_prefix="opening") as threads:
        tried = threads.map(partial(_open, workshop, only), workshop.registry.languages())
        for offer in tried:
            if offer.available or offer.language.version:
                _LOG.info(
                    "language tried",
                    language=offer.language.data.id,
                    available=offer.available,
                    version=offer.language.version,
                    reason=offer.reason,
                )


def _open(workshop: Workshop, only: frozenset[str], language: Installed) -> Offer:
    if only and language.data.id not in only:
        offer = Offer(language, available=False, reason="switched off on this judge")
    else:
        turn = workshop.slots.own_turn()
        try:
            offer = try_language(workshop.bench, turn, language)
        finally:
            turn.leave()
    workshop.registry.decide(offer)
    return offer


def precompile(workshop: Workshop) -> None:
    """Make what is missing of the precompiled headers. Without one compiling is only slower."""
    for language in workshop.registry.offered():
        if language.data.precompiled_header is None:
            continue
        turn = workshop.slots.own_turn()
        try:
            headers.make(workshop.headers, turn, language)
        except (JudgeError, SandboxError, OSError) as error:
            _LOG.warning("no precompiled header", language=language.data.id, reason=str(error))
        finally:
            turn.leave()
