"""The top of a document: who issued it, its number, the place and day; and where the letterhead ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from vanban import bodies, kinds, symbols
from vanban.annexes import mostly_capitals
from vanban.fold import fold
from vanban.model import Span
from vanban.sheet import Line, Sheet
from vanban.symbols import Symbol

_HEAD_ENTRIES = 400
_ABOVE, _BELOW = 8, 40
_SHORT = 160
_MOTTO = re.compile(
    r"cong h\w{1,2}a? xa ?hoi ?chu nghia viet nam|dang cong san viet nam|doc lap ?[-–—] ?tu do ?[-–—] ?hanh phuc"
)
_NUMBER = re.compile(r"(?<!\w)(?:luật |pháp lệnh |nghị quyết )?s[ốô](?: hiệu)?[ ]*:?[ ]*(?=[\d/.…_]|$)", re.IGNORECASE)
_DATE = re.compile(
    r"(?P<place>[^\W\d_][\w. -]{1,40}?)?[,.;]?[ ]*(?<!\w)ngay[ ]*(?P<day>[\d ]{0,3}?)[ .…_]*(?:thang|/)"
    r"[ ]*(?P<month>[\d ]{0,3}?)[ .…_]*(?:nam|/)[ ]*(?P<year>[\d ]{0,5})"
)
_DATE_LONG = re.compile(r"ngay +(?P<day>\d{1,2}) +thang +\d{1,2} +nam +\d{4}")
_CITED_DAY = re.compile(r"[-/][^\W\d_]\S*,?\s+ngày\s")
_HOUR = re.compile(r"(?:hoi|luc) \d|\d{1,2} ?gio")
_YEAR = re.compile(r"năm\s+\d{4}")
_GLUED = re.compile(r"(?<=năm \d{4})(?=[^\W\d_]{2})")
_HEAD_REACH = 700
"""Characters within which a head stands that was run together on one line."""
_LABEL_AT = re.compile(r"(?:^|[^\w ]|\s{2,})\s*$")
"""What stands before a label: nothing, a sign, or wide blanks."""
_STOP = re.compile(r"kinh gui|can cu |dieu 1\b|noi nhan")
_NOISE = re.compile(r"^[\W\d_]*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line, or a cell with its line ends as blanks, so that offsets into it fit the canonical text."""

    text: str
    span: Span

    @property
    def folded(self) -> str:
        return fold(self.text)

    def place(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands."""
        own = self.span
        at = own.start + start
        return Span(start=at, end=own.start + end, page=own.page, table=own.table, row=own.row, cell=own.cell)


@dataclass(frozen=True, slots=True)
class Dated:
    value: date | None
    text: str
    place: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Numbered:
    symbol: Symbol | None
    span: Span


@dataclass(frozen=True, slots=True)
class Top:
    """Entries above the title, the index of the entry with the kind (None: no kind is printed), and all entries."""

    letterhead: tuple[Entry, ...]
    kind_at: int | None
    title_from: int
    entries: tuple[Entry, ...]


def entries(sheet: Sheet) -> Iterator[Entry]:
    """Lines and cells in reading order, blank lines too; a line in which a whole head was run together, in pieces."""
    for block in sheet.blocks:
        if isinstance(block, Line):
            yield from _pieces(Entry(block.text, block.span))
        else:
            for row in block.rows:
                for cell in row.cells:
                    if cell.text:
                        yield Entry(cell.text.replace("\n", " "), cell.span)


def _pieces(line: Entry) -> Iterator[Entry]:
    """What a portal ran together: a kind behind the year of the date, or motto, number, date and title on one line."""
    cuts = _cuts(line) if _YEAR.search(line.text, 0, _HEAD_REACH) else []
    if not cuts:
        yield line
        return
    bounds = [0, *cuts, len(line.text)]
    for start, end in pairwise(bounds):
        text = line.text[start:end]
        skip = len(text) - len(text.lstrip())
        text = text.strip()
        yield Entry(text, line.place(start + skip, start + skip + len(text)))


def _cuts(line: Entry) -> list[int]:
    """Where the pieces of a run-together head begin; none in a line that is no such head."""
    glued = _GLUED.search(line.text, 0, _HEAD_REACH)
    motto = _MOTTO.search(line.folded, 0, _HEAD_REACH)
    if len(line.text) <= _SHORT * 2 or motto is None:
        return [glued.start()] if glued else []
    dated = _DATE_LONG.search(line.folded, motto.end(), _HEAD_REACH)
    label = next((at for at in _labels(line.text[:_HEAD_REACH]) if at.start() >= motto.end()), None)
    number = next(symbols.scan(line.text[label.end() : _HEAD_REACH]), None) if label else None
    if dated is None or label is None or number is None or not label.end() + number.end <= dated.start("day"):
        return []
    cuts = [*(at for found in _MOTTO.finditer(line.folded, 0, label.start()) for at in found.span())]
    cuts += [label.start(), label.end() + number.end, dated.end()]
    body = _STOP.search(line.folded, dated.end())
    return sorted({*cuts, *([body.start()] if body else [])} - {0, len(line.text)})


def read_top(sheet: Sheet) -> Top:
    """Find the letterhead by its motto, and behind it the line that says what kind of document this is."""
    head = tuple(islice(entries(sheet), _HEAD_ENTRIES))
    motto = next((index for index, entry in enumerate(head) if _is_motto(entry)), None)
    first = 0 if motto is None else _above(head, motto)
    start = 0 if motto is None else motto
    kind_at = None
    for index in range(start, min(start + _BELOW, len(head))):
        if kind_of(head[index].text) is not None:
            kind_at = index
            break
        if index > start and _STOP.match(head[index].folded.lstrip()):
            break
    end = kind_at if kind_at is not None else _end(head, start)
    if motto is None and not any(_NUMBER.match(entry.text) for entry in head[first:end]):
        first = end
    return Top(head[first:end], kind_at, end if kind_at is None else kind_at, head)


def kind_of(text: str) -> str | None:
    """The kind of document in capitals that a line begins with."""
    words = text.split(maxsplit=6)[:5]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if name.isupper() and (kind := kinds.canonical(name.rstrip(":."))):
            return kind
    return None


def number(letterhead: Sequence[Entry]) -> Numbered | None:
    """The number behind "Số"; without a symbol where the print leaves it blank; None where nothing says "Số"."""
    for entry in letterhead:
        for found in _labels(entry.text):
            rest = entry.text[found.end() : found.end() + _SHORT]
            place = next(symbols.scan(rest), None)
            if place and not rest[: place.start].strip():
                start = found.end()
                return Numbered(place.symbol, entry.place(start + place.start, start + place.end))
            return Numbered(None, entry.place(found.start(), found.end()))
    return None


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Where "Số" is a label, and not the last word of a name (`BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ`)."""
    for found in _NUMBER.finditer(text):
        figure = text[found.end() : found.end() + 1].isdigit()
        if figure or ":" in found[0] or _LABEL_AT.search(text[: found.start()]):
            yield found


def dated(letterhead: Sequence[Entry]) -> Dated | None:
    """The place and day; the value is None where the print leaves the day blank. A day in the subject ("V/v đôn đốc
    thực hiện Kế hoạch số …, ngày …") is that of another document: it counts only where there is no other.
    """
    own = [entry for entry in letterhead if not _in_subject(entry.text)]
    return _first_date(own) or _first_date(letterhead)


def _in_subject(text: str) -> bool:
    """A line whose day stands right behind a number that no label opens the line with."""
    cited = _CITED_DAY.search(text)
    return cited is not None and not _NUMBER.match(text)


def _first_date(letterhead: Sequence[Entry]) -> Dated | None:
    for entry in letterhead:
        folded = entry.folded
        at = folded.find("ngay")
        if at < 0 or not (found := _DATE.search(folded, max(0, at - 45))):
            continue
        text = entry.text
        start = found.start("place") if found["place"] else found.start()
        start = max(start, _behind_motto(folded, start, found.start("day")), _behind_number(text, found.start("day")))
        place = text[start : folded.index("ngay", start)].rstrip(" ,.;-–_*").split("  ")[-1].strip(" -–_*|") or None
        if place and (hour := _HOUR.match(fold(place))):
            place = text[: start + hour.start()].rstrip(" ,").split("  ")[-1].strip(" -–_*|") or None
        begin = folded.index("ngay", start)
        return Dated(_date(found), " ".join(text[begin : found.end()].split()), place, entry.place(begin, found.end()))
    return None


def _behind_motto(folded: str, start: int, end: int) -> int:
    """A place printed on one line with the motto begins behind it."""
    motto = folded.rfind("hanh phuc", 0, end)
    return motto + len("hanh phuc") if motto >= 0 else start


def _behind_number(text: str, end: int) -> int:
    """A place printed on one line with the number begins behind it."""
    label = next(_labels(text[:end]), None)
    place = next(symbols.scan(text[label.end() : end]), None) if label else None
    return label.end() + place.end if label and place else 0


def _date(found: re.Match[str]) -> date | None:
    day, month, year = (found[name].replace(" ", "") for name in ("day", "month", "year"))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def issuer_text(letterhead: Sequence[Entry]) -> tuple[str, Span] | None:
    """What is printed of the issuer, over as many lines as it takes, without motto, number and date."""
    parts: list[str] = []
    span: Span | None = None
    for entry in letterhead:
        text = entry.text[: _issuer_end(entry)]
        if span and _DATE.match(entry.folded):
            break
        other = kind_of(text) or bodies.is_mark(text) or symbols.parse(text)
        if _NOISE.match(text) or not mostly_capitals(text) or other:
            continue
        parts.append(text)
        place = entry.place(0, len(text.rstrip()))
        span = span or place
    return (" ".join(parts), span) if span else None


def _issuer_end(entry: Entry) -> int:
    """Where the issuer's part of an entry ends: before the motto, the number, the date, "V/v"."""
    folded = entry.folded
    ends = [found.start() for pattern in (_MOTTO, _DATE) if (found := pattern.search(folded))]
    ends += [found.start() for found in islice(_labels(entry.text), 1)]
    about = folded.find("v/v")
    return min([*ends, about if about >= 0 else len(folded), len(folded)])


def is_own_line(entry: Entry) -> bool:
    """A line of the letterhead that is no part of what it says besides: motto, number, place and day."""
    if _MOTTO.search(entry.folded) or _NUMBER.match(entry.text) or len(entry.text) > _SHORT:
        return True
    return _DATE.match(entry.folded) is not None


def _is_motto(entry: Entry) -> bool:
    found = _MOTTO.search(entry.folded) if len(entry.text) <= _SHORT * 2 else None
    if not found:
        return False
    printed = entry.text[found.start() : found.end()]
    return mostly_capitals(printed) or found[0].startswith("doc lap")


def _above(head: Sequence[Entry], motto: int) -> int:
    """The first entry of the letterhead: the row of the motto, or the capitals above it."""
    table = head[motto].span.table
    if table is not None and issuer_text(_row_of(head, motto)) is None:
        table = None
    first = motto
    for index in range(motto - 1, max(-1, motto - 1 - _ABOVE), -1):
        entry = head[index]
        same = table is not None and entry.span.table == table and entry.span.row == head[motto].span.row
        if table is not None and not same:
            break
        if _NOISE.match(entry.text):
            continue
        if entry.text and not same and not _may_stand_above(entry):
            break
        if entry.text:
            first = index
    return first


def _row_of(head: Sequence[Entry], motto: int) -> list[Entry]:
    """The cells of the row that the motto stands in: where none of them names the issuer, it stands above the table."""
    own = head[motto].span
    return [entry for entry in head if entry.span.table == own.table and entry.span.row == own.row]


def _may_stand_above(entry: Entry) -> bool:
    """A line between the issuer and the motto: a body, the number, "V/v …" and the rest of it."""
    text = entry.text
    about = text[:3].lower() == "v/v" or (text[0].islower() and len(text) < _SHORT // 2)
    return mostly_capitals(text) or about or bool(_NUMBER.match(text))


def _end(head: Sequence[Entry], start: int) -> int:
    for index in range(start + 1, min(start + _BELOW, len(head))):
        if _STOP.match(head[index].folded.lstrip()) or len(head[index].text) > _SHORT * 2:
            return index
    return min(start + _BELOW, len(head))
