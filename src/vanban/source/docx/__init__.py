"""DOCX to `Sheet`, at the level of its XML.

A nested table is laid down as its own table after the one that holds it; the outer cell keeps only its own paragraphs.
A table of a single cell is a frame and is read as the text inside it. Headers and footers are no part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from vanban.doubts import doubt
from vanban.fold import nfc
from vanban.sheet import RawCell, Sheet, SheetBuilder
from vanban.source.docx.blocks import Block, Grid, Para
from vanban.source.docx.body import Body
from vanban.source.docx.inline import Walk
from vanban.source.docx.names import w
from vanban.source.docx.numbering import read_numbering
from vanban.source.docx.package import Package, open_package
from vanban.source.docx.styles import Styles
from vanban.source.encodings import Legacy, convert, legacy_of
from vanban.source.refusals import unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vanban.source.limits import Limits

_DROPPED = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_HYPHEN = str.maketrans(
    {"\u2011": "-", "\u2010": "-", "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\v": " ", "\f": " "}
)
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes, limits: Limits) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet, and the lines of headers and footers (where a secrecy mark may stand).

    Raises Unreadable, Locked and TooLarge.
    """
    package = open_package(data, limits)
    root = package.part(package.main)
    content = None if root is None else root.find(w("body"))
    if root is None or content is None:
        raise unreadable("truncated")
    rendered = next(root.iter(w("lastRenderedPageBreak")), None) is not None
    walk = Walk(Styles(package.part(package.beside("styles.xml"))), rendered)
    body = Body(walk, read_numbering(package.part(package.beside("numbering.xml"))))
    blocks = [*body.blocks(content), *_notes(package, body)]
    legacy = legacy_of("\n".join(_texts(blocks)))
    margins = tuple(_clean(text, legacy) for text in _margins(package, body))
    noticed = walk.noticed | ({"macro"} if package.macro else set()) | ({"encoding_legacy"} if legacy else set())
    builder = SheetBuilder("docx", legacy)
    _lay(builder, blocks, legacy, paged=rendered or walk.page > 1)
    return builder.build([doubt(code) for code in sorted(noticed)]), margins


def _lay(
    builder: SheetBuilder, blocks: Iterable[Block], legacy: Legacy | None, *, paged: bool, parent: int | None = None
) -> None:
    for block in blocks:
        if isinstance(block, Para):
            if paged:
                builder.page(block.page)
            for line in _clean(block.text, legacy).split("\n"):
                if line.strip():
                    builder.line(line.strip(), level=block.level, bold=block.bold, centred=block.centred)
        elif any(block.rows):
            rows = [[RawCell(_clean(cell.text, legacy), cell.above, cell.left) for cell in row] for row in block.rows]
            pages = block.pages if paged else ()
            index = builder.table(rows, headers=block.headers, parent=parent, pages=pages)
            _lay(builder, block.inner, legacy, paged=paged, parent=index)


def _clean(text: str, legacy: Legacy | None) -> str:
    """NFC; old encodings first, since one of them writes a letter as a soft hyphen."""
    converted = convert(text, legacy) if legacy else text
    return nfc(_DROPPED.sub("", converted).translate(_HYPHEN))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from (cell.text for row in block.rows for cell in row)
            yield from _texts(block.inner)
        else:
            yield block.text


def _notes(package: Package, body: Body) -> Iterator[Block]:
    """Footnotes and endnotes in the order of their marks: `[1] …`."""
    known = {kind: _by_id(package.part(package.beside(f"{kind}.xml"))) for kind in ("footnotes", "endnotes")}
    for place, (kind, note_id) in enumerate(tuple(body.walk.notes), start=1):
        note = known[kind].get(note_id)
        if note is not None:
            text = " ".join(part for part in _texts(body.blocks(note)) if part)
            yield Para(f"[{place}] {text}", body.walk.page)


def _by_id(root: _Element | None) -> dict[str, _Element]:
    nodes = [] if root is None else [node for node in root if node.get(w("type")) not in _SEPARATORS]
    return {str(node.get(w("id"))): node for node in nodes}


def _margins(package: Package, body: Body) -> Iterator[str]:
    for name in (*package.named("header"), *package.named("footer")):
        part = package.part(name)
        if part is not None:
            for text in _texts(body.blocks(part)):
                yield from text.split("\n")
