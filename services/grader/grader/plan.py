"""Says what the judge is to do: from rows of the database to a request. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from contracts.judging import (
    Checker,
    JudgingRequest,
    PlaygroundRequest,
    Program,
    RunLimits,
    SourceFile,
)
from grader.errors import UnfitError
from grader.work import Claim, PlaygroundClaim

PLAYGROUND_LIMITS = RunLimits(cpu_time_ms=5_000, memory_kib=262_144, output_kib=1_024)
"""Of a program that is run outside any problem."""

CLASS_LANGUAGES = frozenset({"java", "kotlin", "scala"})
"""Their main file is usually named like a class, with a capital."""


def judging(claim: Claim) -> JudgingRequest:
    """Return the request for a judgement.

    Raises:
        UnfitError: the problem cannot be judged as it lies in the database.

    """
    material = claim.material
    if not material.cases:
        raise UnfitError("The problem's data set has no test cases.")
    if not material.files:
        raise UnfitError("The submission has no files.")
    return JudgingRequest(
        judgement_id=str(claim.judgement_id),
        claim=claim.number,
        program=Program(
            language=material.language_id,
            files=material.files,
            entry_point=material.entry_point,
        ),
        limits=RunLimits(
            cpu_time_ms=material.cpu_time_limit_ms,
            memory_kib=material.memory_limit_kib,
            output_kib=material.output_limit_kib,
        ),
        cases=material.cases,
        checker=_checker(material.checker),
        stop_at_failure=material.stop_at_failure,
    )


def playground(claim: PlaygroundClaim) -> PlaygroundRequest:
    """Return the request for a playground run.

    Raises:
        UnfitError: it has nothing to run on.

    """
    material = claim.material
    if not material.cases:
        raise UnfitError("The problem has no samples.")
    name = material.filename or usual_name(material.language_id, material.extension)
    return PlaygroundRequest(
        playground_run_id=str(claim.run_id),
        program=Program(
            language=material.language_id, files=[SourceFile(name=name, content=material.source)]
        ),
        limits=RunLimits(
            cpu_time_ms=material.cpu_time_limit_ms or PLAYGROUND_LIMITS.cpu_time_ms,
            memory_kib=material.memory_limit_kib or PLAYGROUND_LIMITS.memory_kib,
            output_kib=material.output_limit_kib or PLAYGROUND_LIMITS.output_kib,
        ),
        cases=material.cases,
        checker=_checker(material.checker),
    )


def usual_name(language_id: str, extension: str) -> str:
    """Return the name that the only file of a program has when its sender gave none."""
    stem = "Main" if language_id in CLASS_LANGUAGES else "main"
    return f"{stem}.{extension}"


def _checker(fields: dict[str, Any]) -> Checker:
    try:
        return msgspec.convert(fields, Checker)
    except msgspec.ValidationError as error:
        raise UnfitError(f"The problem's checker is malformed: {error}.") from error
