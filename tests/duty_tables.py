"""Small sheets for tests: a table is written as rows of cells, `^` covered from above, `<` covered from the left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vanban import duties
from vanban.duties import Found
from vanban.model import Heading, Outline
from vanban.sheet import RawCell, Sheet, SheetBuilder

HEAD = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
Rows = Sequence[Sequence[str]]


def cell(text: str) -> RawCell:
    return RawCell("", above=text == "^", left=text == "<") if text in {"^", "<"} else RawCell(text)


def sheet(*blocks: str | Rows) -> Sheet:
    """Lines and tables in order."""
    builder = SheetBuilder("text")
    for block in blocks:
        if isinstance(block, str):
            builder.line(block)
        else:
            builder.table([[cell(text) for text in row] for row in block])
    return builder.build()


def read(*blocks: str | Rows) -> Found:
    return duties.find(sheet(*blocks), Outline(), Heading())


def column(found: Found, name: str) -> list[object]:
    return [getattr(duty, name) for duty in found.duties]


def codes(found: Found) -> list[str]:
    return [doubt.code for doubt in found.doubts]


def leads(found: Found) -> list[list[str]]:
    return [[party.name for party in duty.leads] for duty in found.duties]


def lined(rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    return [HEAD, *rows]
