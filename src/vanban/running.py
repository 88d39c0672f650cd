"""Running text that came flat: a whole body in one cell, or many items in one line, cut again at their labels.

Portals and careless copies lose the line ends: "… yêu cầu: 1. Bộ A … 2. Bộ B: - Lập …; - Gửi … ./. Nơi nhận: …". What
is cut are the pieces; the text and its offsets stay as they are. A label counts only behind the end of a clause, with
a capital behind it, and where it rises by one; so no year, no date and no "khoản 2. Điều 5" is taken for one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from vanban.fold import fold
from vanban.labels import read_label
from vanban.lexicon import load
from vanban.model import Span
from vanban.paragraphs import Paragraph
from vanban.sheet import Cell, Row, Table

_SHORTEST = 60
"""Characters: a shorter line holds one item."""
_BODY = 300
"""Characters: a shorter cell is no body of a document."""
_SHARE = 0.3
"""Part of its row's text that a body has at least."""
_GRID = 3
"""Rows with as many filled cells make a table, and no frame round a body."""
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LABEL = re.compile(
    r"(?<=[.;:…])\s+(?:(?P<article>Điều\s+(?P<articled>\d{1,3})[.:])|(?P<roman>[IVX]{1,5})\.|(?P<number>\d{1,2})\."
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2})+)\.?|(?P<letter>[a-zđ])\)|(?P<dash>[-–+•]))\s+(?=[“\"]?[^\W\d_])"
)
_END = re.compile(r"\./\.?\s+(?=\S)")
_RECIPIENTS = re.compile(r"(?<=[.;/])\s+(?=Nơi nhận\s*:)")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]?\s*")
_OUTER = {"article": 0, "roman": 0, "number": 1, "decimal": 2, "letter": 3, "dash": 4}


def unfold(blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """The same blocks, flat paragraphs in pieces, and in the place of a table round a body what its cells hold."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _pieces(block)
        elif any(_is_body(cell, row) for row in block.rows for cell in row.cells) and not _is_grid(block):
            for row in block.rows:
                for cell in row.cells:
                    if cell.text.strip():
                        yield from _pieces(Paragraph(_flat(cell.text), cell.span))
        else:
            yield block


def _is_grid(table: Table) -> bool:
    """Several rows that fill the same three columns or more: a table as such."""
    return sum(sum(bool(cell.text.strip()) for cell in row.cells) >= _GRID for row in table.rows) >= _GRID


def _is_body(cell: Cell, row: Row) -> bool:
    if len(cell.text) < max(_BODY, _SHARE * sum(len(other.text) for other in row.cells)):
        return False
    return not _NUMBER.fullmatch(row.cells[0].text) and bool(_cuts(_flat(cell.text)))


def _flat(text: str) -> str:
    """Its line ends as blanks: offsets stay."""
    return text.replace("\n", " ").replace("\t", " ")


def _pieces(whole: Paragraph) -> Iterator[Paragraph]:
    cuts = _cuts(whole.text) if len(whole.text) >= _SHORTEST else []
    if not cuts:
        yield whole
        return
    start = 0
    for end in [*cuts, len(whole.text)]:
        piece = whole.text[start:end].rstrip()
        if piece:
            yield _piece(whole, piece, start)
        start = end


def _piece(whole: Paragraph, text: str, start: int) -> Paragraph:
    at, of = whole.span.start + start, whole.span
    span = Span(start=at, end=at + len(text), page=of.page, table=of.table, row=of.row, cell=of.cell)
    return Paragraph(text, span, whole.level, whole.apart if not start else True)


def _cuts(text: str) -> list[int]:
    """Where pieces begin, but the first."""
    recipients = _RECIPIENTS.search(text)
    body = text[: recipients.start()] if recipients else text
    found = _labels(body) | {match.end() for match in _END.finditer(body)}
    if recipients:
        found.add(recipients.end())
    if read_label(body) is None:
        found |= {match.end() for match in _opening().finditer(fold(body)) if body[match.end()].isupper()}
    return sorted(found)


@dataclass(slots=True)
class _Rise:
    """What the next label of each kind must be; a label further out begins those within anew."""

    last: dict[str, int] = field(default_factory=dict)
    number: str = ""

    def follows(self, kind: str, label: str) -> bool:
        """Whether the label goes on with its list, or begins one; then it is remembered."""
        place = _place(kind, label)
        if kind == "decimal" and label.rpartition(".")[0] != self.number:
            return False
        if place is None or (kind not in ("dash", "article") and place != self.last.get(kind, 0) + 1):
            return False
        self.take(kind, label, place)
        return True

    def take(self, kind: str, label: str, place: int) -> None:
        self.last[kind] = place
        self.number = label if kind == "number" else self.number
        for inner, depth in _OUTER.items():
            if depth > _OUTER[kind]:
                self.last.pop(inner, None)


def _place(kind: str, label: str) -> int | None:
    """A label's place in its list, from 1; None for one that is counted in some other way ("(i)", "Điều 5a")."""
    if kind == "dash":
        return 1
    if kind in ("roman", "letter"):
        row: Sequence[str] = _ROMANS if kind == "roman" else _LETTERS
        return row.index(label) + 1 if label in row else None
    last = label.rpartition(".")[2].removeprefix("Điều ")
    return int(last) if last.isdecimal() else None


def _labels(text: str) -> set[int]:
    """Where the labels of lists begin that have two members or more; an article needs no other."""
    rise, kept = _Rise(), []
    own = read_label(text)
    if own and own.kind in _OUTER and (place := _place(own.kind, own.label)) is not None:
        rise.take(own.kind, own.label, place)
    members = Counter([own.kind] if own else [])
    quotes = at = 0
    for match in _LABEL.finditer(text):
        quotes += text.count("“", at, match.start()) - text.count("”", at, match.start())
        at, kind = match.start(), match.lastgroup or ""
        kind = "article" if kind == "articled" else kind
        if quotes > 0 or not _is_capital(text, match.end()):
            continue
        if rise.follows(kind, match["articled"] or match[kind]):
            kept.append((kind, match.start(kind)))
            members[kind] += 1
            members[kind] += kind == "article" or (kind == "dash" and own is not None and text[at - 1] == ":")
    return {place for kind, place in kept if members[kind] > 1}


def _is_capital(text: str, at: int) -> bool:
    return text[at].isupper() or text[at] in '“"'


@cache
def _opening() -> re.Pattern[str]:
    """`… có ý kiến như sau: `: what is ordered begins behind it."""
    pattern: str = load("orders.toml")["opening"]["inline"]
    return re.compile(pattern)
