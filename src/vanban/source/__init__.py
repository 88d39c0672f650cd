"""Bytes to `Sheet`: what the bytes really are decides which source opens them; the file's name never does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from vanban.doubts import doubt
from vanban.errors import Locked
from vanban.secrecy import check
from vanban.sheet import Sheet
from vanban.source.docx import read_docx
from vanban.source.docx.package import measured
from vanban.source.encodings import decode
from vanban.source.limits import Limits
from vanban.source.refusals import too_large, unreadable
from vanban.source.sniff import markup, sniff
from vanban.source.text import read_text

__all__ = ["Limits", "open_sheet"]

ODT = b"application/vnd.oasis.opendocument.text"
_EXTENSIONS = {
    "docx": {"docx", "docm", "dotx", "dotm"},
    "text": {"txt", "md", "text", "csv", "tsv"},
    "html": {"html", "htm", "xhtml", "mht", "mhtml"},
    "xlsx": {"xlsx", "xlsm", "xltx"},
    "doc": {"doc", "dot"},
    "rtf": {"rtf", "doc"},
    "odt": {"odt", "ott"},
    "pdf": {"pdf"},
    "scan": {"pdf", "png", "jpg", "jpeg", "tif", "tiff"},
}
_FORMATS = {
    "docx": "DOCX",
    "text": "văn bản",
    "html": "trang web (HTML)",
    "xlsx": "bảng tính (XLSX)",
    "doc": "Word đời cũ (DOC)",
    "rtf": "RTF",
    "odt": "OpenDocument (ODT)",
    "pdf": "PDF",
    "scan": "bản quét",
}


Pages = Callable[[int, int], None]
"""Told the number of each page that is about to be recognised, and of how many."""


def open_sheet(
    data: bytes, *, name: str | None = None, limits: Limits | None = None, progress: Pages | None = None
) -> Sheet:
    """`name` is only used to say that its extension is wrong.

    Raises Unreadable, Locked, TooLarge, Classified.
    """
    limits = limits or Limits()
    if len(data) > limits.data:
        raise too_large("data", limit=limits.data)
    if not data.strip(b" \t\r\n\0"):
        raise unreadable("empty")
    sheet, margins = _opened(data, limits, progress)
    check(sheet, margins)
    extension = (name or "").rpartition(".")[2].lower() if "." in (name or "") else ""
    if extension and extension not in _EXTENSIONS[sheet.format]:
        said = doubt("extension", extension=extension, format=_FORMATS[sheet.format])
        return dataclasses.replace(sheet, doubts=(*sheet.doubts, said))
    return sheet


def _opened(data: bytes, limits: Limits, progress: Pages | None) -> tuple[Sheet, tuple[str, ...]]:
    """Each source is loaded only when a file of its kind comes."""
    kind = sniff(data)
    if kind == "text":
        return _text(data, limits), ()
    if kind == "package":
        return _package(data, limits)
    if kind == "pdf" or kind == "picture":  # noqa: PLR1714 - narrows the type
        from vanban.source import paper

        read = paper.read_pdf if kind == "pdf" else paper.read_picture
        return read(data, limits, progress)
    from vanban.source.office import read_office

    return read_office(data, kind, limits)


def _package(data: bytes, limits: Limits) -> tuple[Sheet, tuple[str, ...]]:
    package = measured(data, limits)
    if "xl/workbook.xml" in package.infos:
        from vanban.source.xlsx import read_xlsx

        return read_xlsx(data, limits)
    if "content.xml" in package.infos and "[Content_Types].xml" not in package.infos:
        if b"encryption-data" in package.bytes_of("META-INF/manifest.xml"):
            raise Locked
        if not package.bytes_of("mimetype").startswith(ODT):
            raise unreadable("odf")
        from vanban.source.office import read_office

        return read_office(data, "odt", limits)
    return read_docx(data, limits)


def _text(data: bytes, limits: Limits) -> Sheet:
    if len(data) > limits.text:
        raise too_large("data", limit=limits.text)
    decoded = decode(data)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise unreadable("empty")
    if markup(decoded.text):
        from vanban.source.html import read_html  # only now: most files are no web pages

        return read_html(data, limits)[0]
    sheet = read_text(decoded.text, encoding=decoded.encoding)
    if decoded.doubt is None:
        return sheet
    return dataclasses.replace(sheet, doubts=(*sheet.doubts, doubt(decoded.doubt)))
