"""Every code that can be raised has its sentences, and every sentence is used."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import api
from api import errors
from api.app import CATALOGUES
from api.errors import ApiError, Text
from api.i18n import LOCALES, Translator

SOURCE = Path(api.__file__).parent
CLASSES = {name for name, found in vars(errors).items() if isinstance(found, type)}
RAISERS = CLASSES | {"text", "_failed"}
CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+|forbidden|unavailable|conflict")


def calls() -> Iterator[ast.Call]:
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def code_position(function: ast.expr) -> int | None:
    """Return which argument of such a call is a code."""
    if isinstance(function, ast.Name) and function.id in RAISERS:
        return 0
    if isinstance(function, ast.Attribute):
        return {"refuse": 0, "field": 1, "add": 1}.get(function.attr)
    return None


def raised_codes() -> set[str]:
    """Codes in `NotFound("…")`, `Unprocessable.field(name, "…")`, `faults.add(name, "…")`."""
    found = set()
    for call in calls():
        position = code_position(call.func)
        if position is not None and len(call.args) > position:
            argument = call.args[position]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.add(argument.value)
    return {code for code in found if CODE.fullmatch(code)}


def all_strings() -> set[str]:
    strings = set()
    for path in SOURCE.rglob("*.py"):
        if path.name == "messages.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
    return strings


def test_every_code_has_both_languages() -> None:
    known = Translator(CATALOGUES).codes
    raised = raised_codes() | {
        cls.default_code for cls in vars(errors).values() if hasattr(cls, "default_code")
    }
    assert len(raised) > 50
    assert sorted(raised - known) == []


def test_every_sentence_can_be_reached() -> None:
    strings = all_strings()
    built = {"username_taken", "email_taken", "text_too_short", "list_too_short"}
    built |= {"text_too_long", "list_too_long"}
    # Faults of packages are counted by their own tests.
    codes = {code for code in Translator(CATALOGUES).codes if not code.startswith("package")}
    unused = codes - strings - built
    assert sorted(unused) == []


def test_both_languages_of_a_sentence_have_the_same_parameters() -> None:
    for catalogue in CATALOGUES:
        for code, sentences in catalogue.items():
            parameters = {
                locale: {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
                for locale, sentence in sentences.items()
            }
            assert parameters["ko"] == parameters["en"], code


def test_korean_is_korean_and_english_is_english() -> None:
    for catalogue in CATALOGUES:
        for code, sentences in catalogue.items():
            assert re.search("[가-힣]", sentences["ko"]), code
            assert not re.search("[가-힣]", sentences["en"]), code


def test_a_catalogue_with_a_hole_or_a_double_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks"):
        Translator([{"x": {"ko": "가"}}])
    with pytest.raises(ValueError, match="two catalogues"):
        Translator([{"x": dict.fromkeys(LOCALES, "")}, {"x": dict.fromkeys(LOCALES, "")}])


def test_parameters_are_filled_in() -> None:
    say = Translator(CATALOGUES).say
    assert say(Text("text_too_long", {"most": 3}), "ko") == "3자 이하여야 합니다."
    assert ApiError().code == "internal_error"
