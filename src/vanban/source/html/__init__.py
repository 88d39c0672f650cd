"""A web page, as a portal shows it or Word saves it, to `Sheet`.

Of the page only the document is read: the smallest part that holds the national motto (or the name of the Party) and
most of the text that is no link. A table of one column, or one that holds another table and little else, is layout, and
its cells are read one after another; a nested table is laid down behind the one that holds it, as from DOCX.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from vanban.doubts import doubt
from vanban.fold import fold, nfc
from vanban.sheet import RawCell, Sheet, SheetBuilder
from vanban.source.encodings import Decoded, convert, decode, legacy_of
from vanban.source.html.flow import Flow, Para
from vanban.source.html.grid import Grid, grid_of
from vanban.source.html.page import document_of
from vanban.source.refusals import unreadable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from vanban.source.limits import Limits

_Clean = Callable[[str], str]
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_BEGINNING = 4096
_NAMES = {"iso-8859-1": "cp1252", "us-ascii": "utf-8", "windows-1252": "cp1252", "windows-1258": "cp1258"}
_SIDES = re.compile(r"\S(?: {5,})\S")
_GAP = re.compile(r" {5,}")


def read_html(data: bytes, limits: Limits) -> tuple[Sheet, tuple[str, ...]]:  # noqa: ARG001 - as every source is called
    """The sheet of a page or of a saved page with its parts (MHTML); no margins. Raises Unreadable."""
    page = _mime_part(data) if _is_mime(data) else data
    decoded = _decoded(page)
    root = _parsed(decoded.text)
    content = document_of(root)
    flow = Flow(content)
    legacy = legacy_of(flow.text())
    builder = SheetBuilder("html", legacy or decoded.encoding)
    _lay(builder, flow.blocks, (lambda text: nfc(convert(text, legacy))) if legacy else nfc)
    if not builder.filled:
        raise unreadable("html_empty")
    noticed = {"encoding_legacy"} if legacy else {decoded.doubt} if decoded.doubt else set()
    return builder.build([doubt(code) for code in noticed]), ()


def _is_mime(data: bytes) -> bool:
    beginning = data[:_BEGINNING].lower()
    return b"mime-version:" in beginning and b"content-type:" in beginning


def _mime_part(data: bytes) -> bytes:
    try:
        parts = list(email.message_from_bytes(data, policy=email.policy.compat32).walk())
    except RecursionError as error:  # parts within parts within parts
        raise unreadable("html_empty") from error
    for part in parts:
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            return body if isinstance(body, bytes) else b""
    raise unreadable("html_empty")


def _decoded(data: bytes) -> Decoded:
    """As the page itself says, where that can be; else as any text."""
    said = _CHARSET.search(data[:_BEGINNING])
    if said and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = said[1].decode("ascii").lower()
        try:
            text = data.decode(_NAMES.get(name, name))
        except (LookupError, UnicodeDecodeError):
            return decode(data)
        if name in {"utf-8", "windows-1258", "utf8"} and "\0" not in text:
            return Decoded(nfc(text), name.replace("utf8", "utf-8"))
    return decode(data)


def _parsed(text: str) -> HtmlElement:
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    clean = text.lstrip("\ufeff \t\r\n").replace("\0", "")
    clean = re.sub(r"^<\?xml[^>]{0,200}\?>", "", clean)
    try:
        return lxml_html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise unreadable("html_empty") from error


def _lay(builder: SheetBuilder, blocks: Iterable[Para | HtmlElement], clean: _Clean, parent: int | None = None) -> None:
    for block in blocks:
        if isinstance(block, Para):
            _lay_paragraph(builder, replace(block, text=clean(block.text)))
            continue
        grid = grid_of(block)
        if grid.layout:
            for cell in grid.cells():
                _lay(builder, Flow(cell).blocks, clean, parent)
        else:
            _lay_table(builder, grid, clean, parent)


def _lay_paragraph(builder: SheetBuilder, para: Para) -> None:
    """Line by line; blanks wide enough to set two things side by side make a row of two cells."""
    for line in para.text.split("\n"):
        text = line.strip()
        if _SIDES.search(text):
            builder.table([[RawCell(side.strip()) for side in _GAP.split(text)]])
        elif text:
            builder.line(text, level=para.level, bold=para.bold, centred=para.centred)


def _lay_table(builder: SheetBuilder, grid: Grid, clean: _Clean, parent: int | None) -> None:
    flows = [[None if cell.element is None else Flow(cell.element) for cell in row] for row in grid.rows]
    rows = [
        [
            RawCell(clean(flow.text()) if flow else "", cell.above, cell.left)
            for cell, flow in zip(cells, row, strict=True)
        ]
        for cells, row in zip(grid.rows, flows, strict=True)
    ]
    if not any(fold(cell.text).strip() for row in rows for cell in row):
        return
    index = builder.table(rows, headers=grid.headers, parent=parent)
    for row in flows:
        for flow in row:
            if flow:
                _lay(builder, flow.tables(), clean, index)
