"""Every message has an owner, an example that loads and a handler; no example was ever changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from contracts.messages import BY_NAME, MESSAGES, Message, load

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "services/contracts/examples"
ALL_EXAMPLES = sorted(EXAMPLES.glob("*/*.json"))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.NAME)
def test_a_message_has_an_example(message: type[Message]) -> None:
    assert list((EXAMPLES / message.NAME).glob("*.json"))


@pytest.mark.parametrize("path", ALL_EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_example_still_loads(path: Path) -> None:
    load(BY_NAME[path.parent.name], json.loads(path.read_text()))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.NAME)
def test_a_message_is_handled_by_its_owner_and_by_nobody_else(message: type[Message]) -> None:
    handlers = {
        path.parent.name
        for path in (ROOT / "services").glob("*/*/tasks.py")
        if re.search(rf"\b{message.__name__}\b", path.read_text())
    }
    assert handlers == {message.OWNER}


def test_a_name_begins_with_the_owner_and_ends_with_a_version() -> None:
    for message in MESSAGES:
        owner, _, version = message.NAME.split(".")
        assert owner == message.OWNER
        assert version.startswith("v")
        assert version[1:].isdigit()
