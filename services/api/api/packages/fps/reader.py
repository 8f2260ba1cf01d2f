"""An FPS file to packages: parsed item by item, test data straight to disk."""

from __future__ import annotations

from typing import Final

from api.packages.cases import MAX_PROBLEMS, check_cases
from api.packages.faults import Faults
from api.packages.files import DamagedFileError, PackageFiles
from api.packages.fps.tests import ItemTests
from api.packages.made_files import MadeFiles
from api.packages.package import Loaded, Package, PackageLimits, PackageProgram
from api.packages.programs import inline_program, without_doubles
from api.packages.sections import from_html
from api.packages.texts import MAX_ALL_TEXT_BYTES, may_keep
from api.packages.titles import Hints
from api.packages.xml_reader import Element, Tree, XmlError, beginning, root_tag
from contracts.judging import Checker, CheckerKind

MAX_SECONDS: Final = 300
MAX_MEMORY_MIB: Final = 4096
MAX_DATA_CHARACTERS: Final = 64 << 20
MAX_TEXT_CHARACTERS: Final = 1 << 20

_VERSIONS: Final = ("1.1", "1.2", "1.3", "1.4", "1.5")
_DATA: Final = frozenset({"sample_input", "sample_output", "test_input", "test_output"})
_SILENT: Final = frozenset({"img", "src", "base64", "url", "remote_oj", "remote_id", "template"})
_KNOWN: Final = frozenset(
    {
        *("title", "time_limit", "memory_limit", "description", "input", "output", "hint"),
        *("source", "solution", "prepend", "append", "spj", "tpj"),
    }
)
_SECTIONS: Final = (("description", ""), ("input", "input"), ("output", "output"), ("hint", "hint"))
_SECONDS: Final = {"": 1000.0, "s": 1000.0, "ms": 1.0}
_KIB: Final = {"": 1024.0, "mb": 1024.0, "m": 1024.0, "kb": 1.0, "k": 1.0}


def recognises(files: PackageFiles) -> bool:
    """Tell whether one of the XML files is an FPS."""
    return any(_is_fps(files, path) for path in _documents(files))


def _is_fps(files: PackageFiles, path: str) -> bool:
    # A document in an encoding that is not read is still one, and is told what is wrong.
    return root_tag(files, path) == "fps" or b"<fps" in beginning(files, path)


def _documents(files: PackageFiles) -> list[str]:
    return sorted(path for path in files.sizes if path.lower().endswith(".xml"))[:50]


def read_fps(files: PackageFiles, faults: Faults) -> list[Loaded]:
    """Read every item of every document."""
    documents = [path for path in _documents(files) if _is_fps(files, path)]
    if not documents:
        faults.error("file_missing", "fps.xml")
    made = MadeFiles(files)
    loaded: list[Loaded] = []
    for path in documents:
        loaded += _Document(made, path, faults).read()
    hints = Hints(files.name_hint, several=len(loaded) > 1)
    return [_named(found, hints) for found in loaded]


def _named(found: Loaded, hints: Hints) -> Loaded:
    package = found.package
    title = package.statements[0].title if package.statements else ""
    named = Package(**{**vars(package), "name_hint": hints.give(title)})
    return Loaded(named, found.files)


class _Document:
    """One XML file while it is read."""

    def __init__(self, files: MadeFiles, path: str, faults: Faults) -> None:
        self._files, self._path, self._faults = files, path, faults
        self._loaded: list[Loaded] = []
        self._tests = ItemTests(files, path, 1, faults)
        self._count = 0

    def read(self) -> list[Loaded]:
        faults, path = self._faults, self._path
        try:
            root = Tree(self._take, _longest).read(self._files.open(path))
        except DamagedFileError:
            faults.error("damaged", path)
            return []
        except XmlError as error:
            faults.error(error.code, path, error.line, **error.params)
            return []
        version = root.attributes.get("version", "")
        if version and version not in _VERSIONS:
            faults.warn("version_unknown", path, root.line, version=version)
        if not self._count:
            faults.error("no_items", path, root.line)
        return self._loaded

    def _take(self, element: Element) -> bool:
        """Take in what is complete; False for what the tree may forget."""
        if element.tag in _DATA:
            self._tests.add(element)
            return False
        if not may_keep(len(element.text), self._faults):
            raise XmlError("texts_too_large", element.line, limit=MAX_ALL_TEXT_BYTES >> 20)
        if element.tag == "item":
            self._end_item(element)
            return False
        return True

    def _end_item(self, item: Element) -> None:
        self._count += 1
        if self._count > MAX_PROBLEMS:
            self._faults.error("too_many_problems", self._path, None, limit=MAX_PROBLEMS)
        else:
            self._loaded.append(Loaded(self._package(item), self._files))
        self._tests = ItemTests(self._files, self._path, self._count + 1, self._faults)

    def _package(self, item: Element) -> Package:
        faults, path = self._faults, self._path
        _refuse(item, path, faults)
        texts = {child.tag: child.text for child in reversed(item.children)}
        if any(child.tag == "img" for child in item.children):
            faults.warn("images_ignored", path, item.line)
        title = texts.get("title", "").strip()
        if not title:
            faults.error("key_missing", path, item.line, key="title")
        parts = [(section, texts.get(tag, "")) for tag, section in _SECTIONS]
        return Package(
            name_hint="",
            statements=(from_html(title, parts, path, item.line, faults),),
            cases=check_cases(self._tests.cases(item.line), path, faults),
            limits=PackageLimits(
                _limit(item, "time_limit", _SECONDS, MAX_SECONDS * 1000, path, faults),
                _limit(item, "memory_limit", _KIB, MAX_MEMORY_MIB * 1024, path, faults),
            ),
            # HUSTOJ tells other white space apart as a presentation error, which we do not have.
            checker=Checker(kind=CheckerKind.TOKENS, case_sensitive=True),
            programs=_programs(item, path, faults),
            source=texts.get("source", "").strip()[:500],
        )


def _longest(tag: str) -> int:
    if tag in _SILENT - {"remote_oj", "template"}:
        return 0
    return MAX_DATA_CHARACTERS if tag in _DATA else MAX_TEXT_CHARACTERS


def _refuse(item: Element, path: str, faults: Faults) -> None:
    for child in item.children:
        language = child.attributes.get("language", "")
        if child.tag in ("spj", "tpj", "prepend", "append", "remote_oj") and child.text.strip():
            feature = f"{child.tag} {language}".strip()
            faults.error("not_supported", path, child.line, feature=feature)
        elif child.tag == "template":
            faults.warn("template_ignored", path, child.line)
        elif child.tag not in _KNOWN | _SILENT:
            faults.warn("key_ignored", path, child.line, key=child.tag)


def _limit(
    item: Element, tag: str, units: dict[str, float], most: int, path: str, faults: Faults
) -> int | None:
    found = item.find(tag)
    if found is None or not found.text.strip():
        faults.error("key_missing", path, item.line, key=tag)
        return None
    unit = found.attributes.get("unit", "").strip().lower()
    if unit not in units:
        faults.error("unit_unknown", path, found.line, key=tag, unit=unit)
        return None
    try:
        value = float(found.text) * units[unit]
    except ValueError:
        value = 0
    if not 1 <= value <= most:
        faults.error("key_wrong_type", path, found.line, key=tag, wanted=f"at most {most}")
        return None
    return round(value)


def _programs(item: Element, path: str, faults: Faults) -> tuple[PackageProgram, ...]:
    programs = []
    for number, found in enumerate(item.all("solution"), 1):
        if found.text.strip():
            language = found.attributes.get("language", "")
            program = inline_program(found.text, language, number, path, found.line, faults)
            programs += [program] if program else []
    return without_doubles(programs, faults)
