"""Rules that hold for every source file: sizes, loose ends, where SQL may stand."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = {".py": 400, ".vue": 300, ".ts": 350, ".c": 500, ".h": 500}
LONGEST_TEST = 600
LONGEST_FUNCTION = 60
MOST_COMPLEX_SHARE = 0.1
SHORT = 200

NOT_SOURCES = (
    "migrations/",
    "services/judge/exploits/",
    "services/judge/corpus/",
    "/seed/problems/",
)
EXEMPT = {
    # Catalogues of words grow with the words, not with what happens.
    "messages.py",
    "common_passwords.py",
    # Generated from the api's OpenAPI document.
    "schema.d.ts",
}
# In halves, so that this file passes its own rule.
LOOSE_ENDS = re.compile(
    r"\b(TO"
    r"DO|FIX"
    r"ME|XX"
    r"X)\b|raise NotImplemented"
    r"Error|mark\.(skip|xfail)\b|(it|test)\.skip"
)
# A statement, not a sentence that begins with the same word.
SQL = re.compile(
    r"^\s*(SELECT\b.*\bFROM\b|INSERT INTO\b|UPDATE\b.*\bSET\b|DELETE FROM\b)", re.DOTALL
)
MAY_HOLD_SQL = re.compile(r"(^|_)store\.py$")
HOLD_SQL_TOO = {
    # A port with one adapter on PostgreSQL, and jobs that are one statement each.
    "services/grader/grader/blobs.py",
    "services/scheduler/scheduler/expiry.py",
    "services/scheduler/scheduler/leader.py",
    "services/scheduler/scheduler/ranking.py",
    "services/scheduler/scheduler/statistics.py",
}


def sources(*suffixes: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [
        name
        for name in listed.stdout.split("\0")
        if name.endswith(suffixes or tuple(LONGEST))
        and not any(part in name for part in NOT_SOURCES)
        and (ROOT / name).is_file()
    ]


def is_test(name: str) -> bool:
    return "tests/" in name or ".test." in name or ".spec." in name


def lines(name: str) -> int:
    return len((ROOT / name).read_text().splitlines())


def limit(name: str) -> int:
    return LONGEST_TEST if is_test(name) else LONGEST[Path(name).suffix]


def test_no_file_is_too_long() -> None:
    long = [
        f"{name}: {lines(name)}"
        for name in sources()
        if lines(name) > limit(name) and Path(name).name not in EXEMPT
    ]
    assert long == []


def test_nine_python_files_of_ten_are_short() -> None:
    names = [name for name in sources(".py") if not is_test(name)]
    long = [name for name in names if lines(name) > SHORT]
    assert len(long) <= len(names) * MOST_COMPLEX_SHARE, long


def test_no_function_is_too_long() -> None:
    long = []
    for name in sources(".py"):
        for node in ast.walk(ast.parse((ROOT / name).read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{name}:{node.lineno} {node.name}: {length}")
    assert long == []


def test_no_loose_end_is_left() -> None:
    found = [
        f"{name}:{number}"
        for name in sources(".py", ".ts", ".vue", ".js", ".c", ".h", ".yml", ".md", ".sh")
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1)
        if LOOSE_ENDS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("service", ["api", "grader", "notifier", "scheduler"])
def test_sql_stands_in_stores_only(service: str) -> None:
    found = []
    for name in sources(".py"):
        if not name.startswith(f"services/{service}/{service}/"):
            continue
        if MAY_HOLD_SQL.search(Path(name).name) or name in HOLD_SQL_TOO:
            continue
        for node in ast.walk(ast.parse((ROOT / name).read_text())):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and SQL.match(text):
                found.append(f"{name}:{node.lineno}")
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    mute = [
        name
        for name in sources(".py")
        if not ast.get_docstring(ast.parse((ROOT / name).read_text()))
        and (ROOT / name).stat().st_size
        and not is_test(name)
    ]
    assert mute == []
