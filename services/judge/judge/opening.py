"""Gets a judge ready after its start: self-tests of the languages, then precompiled headers."""

import structlog

from judge.errors import JudgeError
from judge.languages import headers
from judge.languages.registry import Offer
from judge.languages.selftest import try_language
from judge.sandbox.interface import SandboxError
from judge.workshop import Workshop

_LOG = structlog.get_logger(__name__)


def open_languages(workshop: Workshop, only: frozenset[str] | None = None) -> None:
    """Try each language in turn; the registry offers those that passed as soon as they did."""
    for language in workshop.registry.languages():
        if only is not None and language.data.id not in only:
            workshop.registry.decide(Offer(language, available=False, reason="not wanted"))
            continue
        turn = workshop.slots.own_turn()
        try:
            offer = try_language(workshop.bench, turn, language)
        finally:
            turn.leave()
        workshop.registry.decide(offer)
        if not language.missing:
            _LOG.info(
                "language tried",
                language=language.data.id,
                available=offer.available,
                version=offer.language.version,
                reason=offer.reason,
            )


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
