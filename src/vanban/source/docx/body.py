"""The walk over a body, a cell, a note or a text box: paragraphs with their labels, tables with their merges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanban.sheet import RawCell
from vanban.source.docx.blocks import Block, Grid, Para
from vanban.source.docx.inline import Inline, Walk, aligned, deleted_mark
from vanban.source.docx.names import ALTERNATE, CHOICE, FALLBACK, number, switch, value, w
from vanban.source.docx.numbering import BULLET, Numbering
from vanban.source.docx.styles import Style, level_of, list_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPH, _TABLE, _ROW, _CELL, _SECTION = w("p"), w("tbl"), w("tr"), w("tc"), w("sectPr")
_THROUGH = frozenset(
    {w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag"), CHOICE, FALLBACK}
)
_FOREIGN = frozenset({w("altChunk"), w("subDoc")})
_WIDEST = 200
"""More columns than a page can hold are not believed."""


@dataclass(slots=True)
class Body:
    walk: Walk
    numbering: Numbering
    carried: str = ""
    """Text of a paragraph whose end was deleted, waiting for the next one."""

    def blocks(self, container: _Element) -> Iterator[Block]:
        """Everything in reading order. A text box stands before the paragraph that holds its anchor."""
        for node in _through(container, frozenset({_PARAGRAPH, _TABLE}) | _FOREIGN):
            if node.tag == _PARAGRAPH:
                boxes, para = self._paragraph(node)
                yield from boxes
                if para is not None:
                    yield para
            elif node.tag == _TABLE:
                yield from self._table(node)
            else:
                self.walk.noticed.add("embedded")
        if self.carried:
            yield Para(self._release().strip(), self.walk.page)

    def _release(self) -> str:
        text, self.carried = self.carried, ""
        return text

    def _paragraph(self, node: _Element, *, in_cell: bool = False) -> tuple[list[Block], Para | None]:
        """Its text boxes, and itself; None where its end was deleted and it runs on into the next."""
        properties = node.find(w("pPr"))
        style = self.walk.styles.paragraph(value(properties, "pStyle"))
        if switch(properties, "pageBreakBefore") and not self.walk.rendered:
            self.walk.turn()
        inline = Inline(self.walk, style)
        inline.read(node)
        text = self._release() + inline.text
        boxes = [block for box in inline.boxes for block in self.blocks(box)]
        if deleted_mark(properties):
            self.walk.noticed.add("tracked_changes")
            self.carried = text
            return boxes, None
        label = self._label(properties, style)
        said = text.strip() or (in_cell and label != BULLET)
        para = Para(
            text=f"{label}{text.strip()}".rstrip() if said else "",
            page=inline.page or self.walk.page,
            level=level_of(properties) or style.level,
            bold=bool(text.strip()) and not inline.plain,
            centred=aligned(properties, style),
        )
        self._end_section(properties)
        return boxes, para

    def _end_section(self, properties: _Element | None) -> None:
        section = None if properties is None else properties.find(_SECTION)
        if section is not None and not self.walk.rendered and value(section, "type") != "continuous":
            self.walk.turn()

    def _label(self, properties: _Element | None, style: Style) -> str:
        list_id, depth = list_of(properties)
        if list_id is None:
            list_id, depth = style.list_id, style.depth
        return "" if list_id is None else self.numbering.label(list_id, depth)

    def _table(self, table: _Element) -> Iterator[Block]:
        grid, alone = Grid([], []), _only_cell(table)
        if alone is not None:
            yield from self.blocks(alone)
            return
        headers: set[int] = set()
        for row in _through(table, frozenset({_ROW})):
            properties = row.find(w("trPr"))
            if properties is not None and properties.find(w("del")) is not None:
                self.walk.noticed.add("tracked_changes")
                continue
            if switch(properties, "tblHeader") and len(headers) == len(grid.rows):
                headers.add(len(headers))
            self._row(row, properties, grid)
        grid.headers = frozenset(headers)
        yield grid

    def _row(self, row: _Element, properties: _Element | None, grid: Grid) -> None:
        """A row over two pages is one row; each of its cells may count the page's end, so the furthest one holds."""
        above = grid.rows[-1] if grid.rows else []
        cells = [RawCell("")] * _columns(properties, "gridBefore", 0)
        start = furthest = self.walk.page
        first = 0
        for node in _through(row, frozenset({_CELL})):
            self.walk.page = start
            cell = node.find(w("tcPr"))
            text, page = self._cell(node, grid.inner)
            first = min(first or page, page) if text else first
            furthest = max(furthest, self.walk.page)
            self._place(cells, above, cell, text)
        self.walk.page = furthest
        cells += [RawCell("")] * _columns(properties, "gridAfter", 0)
        grid.rows.append(cells)
        grid.pages.append(first or start)

    @staticmethod
    def _place(cells: list[RawCell], above: list[RawCell], properties: _Element | None, text: str) -> None:
        merge = None if properties is None else properties.find(w("vMerge"))
        old = value(properties, "hMerge") if properties is not None else None
        width = _columns(properties, "gridSpan", 1)
        covered = merge is not None and merge.get(w("val"), "continue") == "continue" and len(cells) < len(above)
        if old == "continue" and cells:
            cells.append(RawCell("", left=True))
            return
        cells.append(RawCell("" if covered else text, above=covered))
        cells.extend(RawCell("", above=covered, left=True) for _ in range(width - 1))

    def _cell(self, cell: _Element, inner: list[Block]) -> tuple[str, int]:
        """Its paragraphs on lines of their own, tabs as blanks, and the page of the first; its tables go to `inner`."""
        lines, first = [], 0
        for node in _through(cell, frozenset({_PARAGRAPH, _TABLE}) | _FOREIGN):
            if node.tag == _TABLE:
                inner.extend(self._table(node))
            elif node.tag == _PARAGRAPH:
                boxes, para = self._paragraph(node, in_cell=True)
                inner.extend(boxes)
                if para is not None and para.text:
                    lines.append(para.text.replace("\t", " "))
                    first = first or para.page
            else:
                self.walk.noticed.add("embedded")
        if self.carried:
            lines.append(self._release().strip())
        return "\n".join(lines), first


def _through(container: _Element, wanted: frozenset[str]) -> Iterator[_Element]:
    """The wanted children, looking through content controls, custom XML and the like; of alternatives, the first."""
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag in _THROUGH:
            yield from _through(child, wanted)
        elif child.tag == ALTERNATE:
            chosen = child.find(CHOICE)
            yield from _through(chosen if chosen is not None else child, wanted)


def _columns(properties: _Element | None, name: str, default: int) -> int:
    return min(_WIDEST, max(default, number(properties, name, default)))


def _only_cell(table: _Element) -> _Element | None:
    """The cell of a table that has one only: a frame drawn round text, not a table."""
    rows = list(_through(table, frozenset({_ROW})))
    cells = list(_through(rows[0], frozenset({_CELL}))) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None
