"""The package formats that are read, in the order in which they are recognised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Final

from api.packages.bare import reader as bare
from api.packages.cms import reader as cms
from api.packages.dmoj import reader as dmoj
from api.packages.faults import Faults
from api.packages.files import PackageFiles, ZipFiles
from api.packages.fps import reader as fps
from api.packages.hydro import reader as hydro
from api.packages.kattis import reader as kattis
from api.packages.made_files import LoneFile
from api.packages.package import Loaded
from api.packages.polygon import reader as polygon
from api.packages.qduoj import reader as qduoj

_XML_STARTS: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")


@dataclass(frozen=True)
class Reader:
    """A package format: is it this one, and which problems are in it.

    `read` may raise `PackageInvalidError`; the caller looks at the faults in any case.
    """

    recognises: Callable[[PackageFiles], bool]
    read: Callable[[PackageFiles, Faults], list[Loaded]]


def _read_kattis(files: PackageFiles, faults: Faults) -> list[Loaded]:
    return [Loaded(kattis.read_kattis(files, faults), files)]


FORMATS: Final = {
    # Both have a problem.yaml; only Hydro's has problem.md or testdata/ beside it.
    "hydro": Reader(hydro.recognises, hydro.read_hydro),
    "kattis": Reader(kattis.recognises, _read_kattis),
    "polygon": Reader(polygon.recognises, polygon.read_polygon),
    "qduoj": Reader(qduoj.recognises, qduoj.read_qduoj),
    "dmoj": Reader(dmoj.recognises, dmoj.read_dmoj),
    "cms": Reader(cms.recognises, cms.read_cms),
    "fps": Reader(fps.recognises, fps.read_fps),
    "bare": Reader(bare.recognises, bare.read_bare),
}


def recognise(files: PackageFiles) -> str | None:
    """Return the name of the package's format, or None when it is none that we know."""
    found = (name for name, reader in FORMATS.items() if reader.recognises(files))
    return next(found, None)


def open_upload(file: IO[bytes], filename: str, faults: Faults) -> PackageFiles:
    """Return the files of a zip, or of an XML file that came by itself."""
    start = file.read(8).lstrip(b" \t\r\n")
    file.seek(0)
    if start.startswith(_XML_STARTS):
        return LoneFile(file, filename, faults)
    return ZipFiles(file, filename, faults)
