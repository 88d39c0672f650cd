"""The ZIP package of a DOCX, opened as a parcel from a stranger: measured first, nothing followed, nothing run."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from vanban.errors import Locked
from vanban.source.refusals import LEXICON, too_large, unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vanban.source.limits import Limits

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_OFFICE = "officeDocument"
_MACRO = "vbaproject.bin"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


@dataclass(slots=True)
class Package:
    """`main` is the name of the document's own part; the others are asked for beside it."""

    limits: Limits
    zip: ZipFile
    infos: dict[str, ZipInfo] = field(default_factory=dict)
    main: str = ""

    @property
    def macro(self) -> bool:
        """It carries macros. They are never read, let alone run."""
        return any(name.lower().endswith(_MACRO) for name in self.infos)

    def beside(self, name: str) -> str:
        """The name of a part that stands in the main part's folder."""
        return f"{self.main.rpartition('/')[0]}/{name}".lstrip("/")

    def named(self, stem: str) -> list[str]:
        """Numbered parts beside the main one (`header1.xml`, `header2.xml`), in order."""
        start = self.beside(stem)
        return sorted(name for name in self.infos if name.startswith(start) and name.endswith(".xml"))

    def part(self, name: str) -> _Element | None:
        """The root of an XML part; None where the package has none of that name."""
        info = self.infos.get(name)
        return None if info is None else _parse(self._unpack(info))

    def bytes_of(self, name: str) -> bytes:
        """A part that is no XML; nothing where the package has none of that name."""
        info = self.infos.get(name)
        return b"" if info is None else self._unpack(info)

    def _unpack(self, info: ZipInfo) -> bytes:
        """What a member claims of its size is not believed: reading stops at the limit."""
        limit = self.limits.part
        if info.file_size > self.limits.ratio_from:
            limit = min(limit, max(info.compress_size, 1) * self.limits.ratio)
        try:
            with self.zip.open(info) as member:
                data = member.read(limit + 1)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise unreadable("truncated") from error
        if len(data) > limit:
            raise too_large("unpacked")
        return data


def open_package(data: bytes, limits: Limits) -> Package:
    """Raises Unreadable (damaged, or a package of another kind), Locked and TooLarge, before anything is unpacked."""
    package = measured(data, limits)
    package.main = _main_part(package)
    return package


def measured(data: bytes, limits: Limits) -> Package:
    """Any package, known to be within the limits. Raises Unreadable (damaged), Locked and TooLarge."""
    if data.count(_DIRECTORY_ENTRY) > limits.entries:
        raise too_large("unpacked")
    try:
        opened = ZipFile(io.BytesIO(data))
    except (BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError) as error:
        raise unreadable("truncated") from error
    package = Package(limits, opened, {info.filename: info for info in opened.infolist()})
    if sum(info.file_size for info in package.infos.values()) > limits.unpacked:
        raise too_large("unpacked")
    if any(info.flag_bits & _ENCRYPTED for info in package.infos.values()):
        raise Locked
    return package


def _main_part(package: Package) -> str:
    """Where the package says that its document is. Raises Unreadable with what the package really is."""
    for known in LEXICON["member"]:
        if known["name"] in package.infos:
            raise unreadable(known["reason"])
    if "[Content_Types].xml" not in package.infos:
        raise unreadable("archive", kind="ZIP")
    relations = package.part("_rels/.rels")
    for relation in relations if relations is not None else ():
        target = str(relation.get("Target", "")).lstrip("/")
        if str(relation.get("Type", "")).endswith(_OFFICE) and target in package.infos:
            return target
    if "word/document.xml" in package.infos:
        return "word/document.xml"
    raise unreadable("truncated")


def _parse(data: bytes) -> _Element:
    """Entities stay unresolved, no DTD is loaded, nothing is fetched; a part that declares one is refused."""
    if _STRICT in data:
        for strict, transitional in _NAMESPACES:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable("truncated") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise unreadable("dtd")
    return root
