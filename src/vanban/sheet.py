"""What every source hands on: lines and tables over one canonical text.

A source (plain text, DOCX …) turns bytes into a `Sheet`. Its `text` is NFC, free of emphasis marks and layout noise,
and it is the only text there is from then on: every `Span` of every later station is a pair of offsets into it. A table
row stands in the text as its cells joined by tabs, rows by newlines, so a cell's text is always exactly
`text[span.start:span.end]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from vanban.model import Doubt, Place, Span


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph (or one printed line, where the source cannot tell them apart)."""

    text: str
    span: Span
    level: int | None = None
    """Heading level that the format itself states (a Word heading style), 1 = highest; None where it states none."""
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. A merged cell's text stands in its top left cell; those it covers are empty and say so."""

    text: str
    span: Span
    above: bool = False
    """Covered by the cell above it (vertical merge)."""
    left: bool = False
    """Covered by the cell to its left (horizontal merge)."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    span: Span
    header: bool = False
    """The format says that this row is repeated as a head on each page."""


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangular grid: every row has the same number of cells."""

    rows: tuple[Row, ...]
    span: Span
    index: int
    parent: int | None = None
    """Index of the table whose cell holds this one."""


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document as its source gave it, in reading order."""

    text: str
    blocks: tuple[Block, ...]
    format: str
    encoding: str | None = None
    pages: int | None = None
    doubts: tuple[Doubt, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def paper(self) -> bool:
        """Rows and paragraphs may be cut by the end of a page: the source knows print, not structure."""
        return self.format in {"pdf", "scan"}

    def lines(self) -> Iterator[Line]:
        return (block for block in self.blocks if isinstance(block, Line))

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell before it has a place in the text. `places` count from the beginning of `text`."""

    text: str
    above: bool = False
    left: bool = False
    places: tuple[Place, ...] = ()


@dataclass(slots=True)
class SheetBuilder:
    """Lays lines and tables down one after another and gives each its place in the canonical text."""

    format: str
    encoding: str | None = None
    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _at: int = 0
    _tables: int = 0
    _page: int | None = None
    _pages: int | None = None
    _places: list[Place] = field(default_factory=list)

    def page(self, number: int) -> None:
        """What follows stands on this page (from 1)."""
        self._page = number
        self._pages = max(self._pages or 0, number)

    def line(
        self,
        text: str,
        *,
        level: int | None = None,
        bold: bool = False,
        centred: bool = False,
        places: Sequence[Place] = (),
    ) -> None:
        """`places` count from the beginning of `text`."""
        self._place(places)
        span = self._lay(text)
        self._lay_raw("\n")
        self._blocks.append(Line(text, span, level, bold, centred))

    def table(
        self,
        rows: Sequence[Sequence[RawCell]],
        *,
        headers: frozenset[int] = frozenset(),
        parent: int | None = None,
        pages: Sequence[int] = (),
    ) -> int:
        """Lay a table down; short rows are filled with empty cells. `pages`: where each row begins, if known.

        Returns its index.
        """
        index, self._tables = self._tables, self._tables + 1
        width = max((len(row) for row in rows), default=0)
        start = self._at
        if pages:
            self.page(pages[0])
        first = self._page
        laid = []
        for number, row in enumerate(rows):
            if number < len(pages):
                self.page(pages[number])
            laid.append(self._row(row, number, index, width, number in headers))
        span = Span(start=start, end=self._at, page=first, table=index)
        self._blocks.append(Table(tuple(laid), span, index, parent))
        return index

    @property
    def filled(self) -> bool:
        """Whether anything was laid down."""
        return bool(self._blocks)

    def build(self, doubts: Sequence[Doubt] = ()) -> Sheet:
        text, blocks, places = "".join(self._parts), tuple(self._blocks), tuple(self._places)
        return Sheet(text, blocks, self.format, self.encoding, self._pages, tuple(doubts), places)

    def _row(self, raw: Sequence[RawCell], number: int, table: int, width: int, header: bool) -> Row:
        start = self._at
        cells = []
        for column in range(width):
            cell = raw[column] if column < len(raw) else RawCell("")
            if column:
                self._lay_raw("\t")
            self._place(cell.places)
            cells.append(Cell(cell.text, self._lay(cell.text, table, number, column), cell.above, cell.left))
        end = self._at
        self._lay_raw("\n")
        return Row(tuple(cells), Span(start=start, end=end, page=self._page, table=table, row=number), header)

    def _lay(self, text: str, table: int | None = None, row: int | None = None, cell: int | None = None) -> Span:
        start = self._at
        self._lay_raw(text)
        return Span(start=start, end=self._at, page=self._page, table=table, row=row, cell=cell)

    def _place(self, places: Iterable[Place]) -> None:
        """Told before the text that they count from is laid down."""
        for place in places:
            self._pages = max(self._pages or 0, place.page)
            moved = {"start": self._at + place.start, "end": self._at + place.end}
            self._places.append(msgspec.structs.replace(place, **moved))

    def _lay_raw(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)
