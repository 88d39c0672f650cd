"""Bytes to `Sheet`: what the bytes really are decides which source opens them; the file's name never does."""

from __future__ import annotations

import dataclasses

from vanban.doubts import doubt
from vanban.secrecy import check
from vanban.sheet import Sheet
from vanban.source.docx import read_docx
from vanban.source.encodings import decode
from vanban.source.limits import Limits
from vanban.source.refusals import too_large, unreadable
from vanban.source.sniff import markup, sniff
from vanban.source.text import read_text

__all__ = ["Limits", "open_sheet"]

_EXTENSIONS = {
    "docx": {"docx", "docm", "dotx", "dotm"},
    "text": {"txt", "md", "text", "csv", "tsv"},
    "html": {"html", "htm", "xhtml", "mht", "mhtml"},
}
_FORMATS = {"docx": "DOCX", "text": "văn bản", "html": "trang web (HTML)"}


def open_sheet(data: bytes, *, name: str | None = None, limits: Limits | None = None) -> Sheet:
    """`name` is only used to say that its extension is wrong.

    Raises Unreadable, Locked, TooLarge, Classified.
    """
    limits = limits or Limits()
    if len(data) > limits.data:
        raise too_large("data", limit=limits.data)
    if not data.strip(b" \t\r\n\0"):
        raise unreadable("empty")
    sheet, margins = read_docx(data, limits) if sniff(data) == "package" else (_text(data, limits), ())
    check(sheet, margins)
    extension = (name or "").rpartition(".")[2].lower() if "." in (name or "") else ""
    if extension and extension not in _EXTENSIONS[sheet.format]:
        said = doubt("extension", extension=extension, format=_FORMATS[sheet.format])
        return dataclasses.replace(sheet, doubts=(*sheet.doubts, said))
    return sheet


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
