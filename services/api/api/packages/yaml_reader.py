"""YAML of a stranger: plain data only, with line numbers, in bounded time and depth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node

MAX_DEPTH: Final = 20
MAX_NODES: Final = 20_000


class YamlError(Exception):
    """It is no YAML that we read; `reason` is the parser's, `line` counts from 1."""

    def __init__(self, reason: str, line: int | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class YamlDocument:
    """The mapping at the root. `lines` has dotted paths of the keys of the first two levels."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    twice: tuple[str, ...] = ()


class _Loader(yaml.SafeLoader):
    """SafeLoader without aliases and merges (both multiply), bounded in depth and size."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = self._nodes = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:  # noqa: ANN401 - PyYAML's
        if self.check_event(yaml.events.AliasEvent):
            self._refuse("aliases are not read here")
        self._depth += 1
        self._nodes += 1
        if self._depth > MAX_DEPTH or self._nodes > MAX_NODES:
            self._refuse("nested too deeply or too long")
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _refuse(self, problem: str) -> None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


# YAML 1.1 reads the language code `no` as false; as in YAML 1.2, only true and false are.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def read_yaml(text: str) -> YamlDocument:
    """Read a document whose root is a mapping with text keys (an empty one is an empty mapping).

    Raises:
        YamlError: it is malformed, too deep, or its root is something else.

    """
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        # A control character: it is looked for before anything is parsed.
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(error.reason, line) from error
    try:
        node = loader.get_single_node()
        if node is None:
            return YamlDocument()
        values = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise YamlError(str(error.problem or error), mark.line + 1 if mark else None) from error
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError) as error:
        # ValueError: a date such as 2025-99-99; TypeError: a mapping as a key.
        raise YamlError(str(error).partition("\n")[0], None) from error
    finally:
        loader.dispose()
    if not isinstance(values, dict) or not isinstance(node, MappingNode):
        raise YamlError("the root must be a mapping", 1)
    lines: dict[str, int] = {}
    twice = tuple(_note_lines(node, "", lines))
    return YamlDocument({str(key): value for key, value in values.items()}, lines, twice)


def _note_lines(node: MappingNode, prefix: str, lines: dict[str, int]) -> list[str]:
    twice = []
    for key, value in node.value:
        path = f"{prefix}{key.value}"
        if path in lines:
            twice.append(path)
        lines[path] = key.start_mark.line + 1
        if isinstance(value, MappingNode) and not prefix:
            twice += _note_lines(value, f"{path}.", lines)
    return twice
