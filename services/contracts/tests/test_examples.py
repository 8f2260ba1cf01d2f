"""Every form of every message ever written still loads, and none was ever changed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from contracts.messages import BY_NAME, MESSAGES, Message, dump, load

EXAMPLES = Path(__file__).parents[1] / "examples"
ALL = sorted(EXAMPLES.glob("*/*.json"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_example_ever_written_still_loads(path: Path) -> None:
    fields = json.loads(path.read_text())
    said = dump(load(BY_NAME[path.parent.name], fields))
    assert {name: said[name] for name in fields} == fields


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.NAME)
def test_every_message_has_an_example_of_all_its_fields(message: type[Message]) -> None:
    paths = (EXAMPLES / message.NAME).glob("*.json")
    written = [set(json.loads(path.read_text())) for path in paths]
    assert set(message.__struct_fields__) in written


def test_no_example_belongs_to_nobody() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(BY_NAME)


@pytest.mark.parametrize("command", [["log", "--format=%h"], ["diff", "HEAD"]])
def test_examples_are_only_added(command: list[str]) -> None:
    # In a copy without its history there is nothing to compare with: git then lists nothing.
    only_changes = ["--diff-filter=MD", "--no-renames", "--name-only", "--", "."]
    done = subprocess.run(  # noqa: S603 - fixed argv
        ["/usr/bin/env", "git", *command, *only_changes],
        cwd=EXAMPLES,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
