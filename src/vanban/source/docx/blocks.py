"""What the walk over a body yields, before it has a place in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from vanban.sheet import RawCell


@dataclass(slots=True)
class Para:
    """A paragraph. Word's line breaks stand in `text` as newlines."""

    text: str
    page: int
    level: int | None = None
    bold: bool = False
    centred: bool = False


@dataclass(slots=True)
class Grid:
    """A table, and what stood in its cells and is no cell text: nested tables and text boxes, laid down after it."""

    rows: list[list[RawCell]]
    pages: list[int]
    headers: frozenset[int] = frozenset()
    inner: list[Para | Grid] = field(default_factory=list)


Block = Para | Grid
