"""XML of a stranger: elements with their lines, no entities of its own, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from api.packages.faults import Faults
from api.packages.files import DamagedFileError, PackageFiles

MAX_DEPTH: Final = 40
MAX_ELEMENTS: Final = 200_000
MAX_XML_BYTES: Final = 8 << 20
HEAD_BYTES: Final = 64 << 10


class XmlError(Exception):
    """It is no XML that we read; `code` and `reason` say why."""

    def __init__(self, code: str, line: int | None, **params: object) -> None:
        super().__init__(code)
        self.code, self.line, self.params = code, line, params


@dataclass
class Element:
    """An element with everything in it."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Return the children of this name."""
        return [child for child in self.children if child.tag == tag]

    def find(self, *path: str) -> Element | None:
        """Return the first child of the first child … of these names."""
        found: Element | None = self
        for tag in path:
            found = next(iter(found.all(tag)), None) if found else None
        return found

    def every(self) -> Iterator[Element]:
        """Yield this element and all within it."""
        yield self
        for child in self.children:
            yield from child.every()


@dataclass
class Tree:
    """Builds elements as they are parsed, hands over what it is asked to and forgets it.

    `hand_over(element)` is called at the end of each element and says whether the tree keeps it.
    """

    hand_over: Callable[[Element], bool] = lambda _: True
    longest: Callable[[str], int] = lambda _: MAX_XML_BYTES
    root: Element | None = None
    _open: list[Element] = field(default_factory=list)
    _texts: list[list[str]] = field(default_factory=list)
    _lengths: list[int] = field(default_factory=list)
    _count: int = 0

    def read(self, pieces: Iterable[bytes]) -> Element:
        """Parse a document.

        Raises:
            XmlError: it is malformed, declares entities, or is too deep or too long.
            DamagedFileError: its file cannot be read.

        """
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._entity
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)  # noqa: FBT003 - positional only
            self._parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, str(error))
            raise XmlError("xml_malformed", error.lineno, reason=reason) from error
        except (ValueError, LookupError) as error:
            # An encoding that expat does not know.
            raise XmlError("xml_malformed", 1, reason=error) from error
        finally:
            # It and this tree hold each other, and what is handed over is held as long.
            del self._parser
        if self.root is None:
            raise XmlError("xml_malformed", 1, reason="no element")
        return self.root

    @property
    def line(self) -> int:
        """Return where the parser is."""
        return int(self._parser.CurrentLineNumber)

    def _doctype(self, _name: str, _system: str | None, _public: str | None, inner: bool) -> None:  # noqa: FBT001 - expat's
        # An external one is never fetched and says nothing; an internal one can multiply text.
        if inner:
            raise XmlError("xml_dtd", self.line)

    def _entity(self, *_: object) -> None:
        raise XmlError("xml_dtd", self.line)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise XmlError("xml_too_deep", self.line)
        self._open.append(Element(tag, self.line, attributes))
        self._texts.append([])
        self._lengths.append(0)

    def _text(self, text: str) -> None:
        if not self._open:
            return
        self._lengths[-1] += len(text)
        longest = self.longest(self._open[-1].tag)
        if longest == 0:
            return
        if self._lengths[-1] > longest:
            line = self._open[-1].line
            raise XmlError("text_too_large", line, limit=longest >> 10)
        self._texts[-1].append(text)

    def _end(self, _tag: str) -> None:
        element = self._open.pop()
        element.text = "".join(self._texts.pop())
        self._lengths.pop()
        if not self._open:
            self.root = element
        if self.hand_over(element) and self._open:
            self._open[-1].children.append(element)


def read_xml_file(files: PackageFiles, path: str, faults: Faults) -> Element | None:
    """Return the root of a small XML file, or None with a fault that names the line."""
    if files.sizes[path] > MAX_XML_BYTES:
        faults.error("text_too_large", path, limit=MAX_XML_BYTES >> 10)
        return None
    try:
        return Tree().read(files.open(path))
    except DamagedFileError:
        faults.error("damaged", path)
    except XmlError as error:
        faults.error(error.code, path, error.line, **error.params)
    return None


def root_tag(files: PackageFiles, path: str) -> str:
    """Return the name of a document's root element, reading no more than its beginning."""

    class Seen(Exception):  # noqa: N818 - says that we are done
        pass

    tags: list[str] = []

    def start(tag: str, _attributes: dict[str, str]) -> None:
        tags.append(tag)
        raise Seen

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with suppress(Seen, expat.ExpatError, ValueError, LookupError):
        parser.Parse(beginning(files, path), False)  # noqa: FBT003
    return tags[0] if tags else ""


def beginning(files: PackageFiles, path: str) -> bytes:
    """Return the first bytes of a file, none of a damaged one."""
    try:
        return next(iter(files.open(path)), b"")[:HEAD_BYTES]
    except DamagedFileError:
        return b""
