"""Reads what is to be judged. Data sets never change, so their test cases are kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from uuid import UUID

from sqlalchemy import Connection, text

from contracts.judging import Blob, JudgingCase, SourceFile
from grader.work import Material

KEPT = 64

SUBMISSION = text("""
SELECT s.language_id, s.entry_point, p.cpu_time_limit_ms, p.memory_limit_kib, p.output_limit_kib,
       p.checker, p.stop_at_failure
FROM submissions s JOIN problems p ON p.id = s.problem_id WHERE s.id = :id
""")

FILES = text("""
SELECT name, content FROM submission_files WHERE submission_id = :id ORDER BY ordinal
""")

CASES = text("""
SELECT t.ordinal, t.input_sha256, i.size AS input_size, t.answer_sha256, a.size AS answer_size
FROM test_cases t
JOIN blobs i ON i.sha256 = t.input_sha256 JOIN blobs a ON a.sha256 = t.answer_sha256
WHERE t.data_set_id = :id ORDER BY t.ordinal
""")


class DataSets:
    """The test cases of the data sets used lately."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[UUID, list[JudgingCase]] = OrderedDict()

    def cases(self, connection: Connection, data_set_id: UUID) -> list[JudgingCase]:
        """Return the test cases in the order of judging."""
        with self._lock:
            if data_set_id in self._kept:
                self._kept.move_to_end(data_set_id)
                return self._kept[data_set_id]
        cases = [
            JudgingCase(
                ordinal=row.ordinal,
                input=Blob(sha256=row.input_sha256, size=row.input_size),
                answer=Blob(sha256=row.answer_sha256, size=row.answer_size),
            )
            for row in connection.execute(CASES, {"id": data_set_id})
        ]
        with self._lock:
            if cases:
                self._kept[data_set_id] = cases
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return cases


def material(
    connection: Connection, data_sets: DataSets, submission_id: UUID, data_set_id: UUID
) -> Material:
    """Read everything about a submission that its judging needs."""
    row = connection.execute(SUBMISSION, {"id": submission_id}).one()
    files = connection.execute(FILES, {"id": submission_id})
    return Material(
        language_id=row.language_id,
        entry_point=row.entry_point,
        files=[SourceFile(name=file.name, content=bytes(file.content)) for file in files],
        cpu_time_limit_ms=row.cpu_time_limit_ms,
        memory_limit_kib=row.memory_limit_kib,
        output_limit_kib=row.output_limit_kib,
        checker=row.checker,
        stop_at_failure=row.stop_at_failure,
        cases=data_sets.cases(connection, data_set_id),
    )
