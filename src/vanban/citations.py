"""Every mention of a work in a document: kind, symbol, date, issuer, term, title, and which mentions are the same work.

Conventions: the date is one printed after the symbol (or shared by a list whose last member bears it); one printed
earlier in the sentence is `date_before`. Forms, standards, blank numbers and the document's own letterhead are nothing;
its own symbol in an annex's caption is a self mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from msgspec.structs import replace

from vanban import drafts, relations, symbols, tails, works
from vanban.drafts import Draft
from vanban.fold import fold, key
from vanban.model import Citation, Heading, Outline, Span, WorkRef
from vanban.paragraphs import flowing
from vanban.sheet import Sheet, Table

_HEAD_REACH = 3000
_LONGEST_LINE = 1500
_TITLE_NAMES = 8
"""How many laws a title may name."""
_LINE_START = re.compile(r"[\n\t|]")
_OWN_LINE = re.compile(r"[^\S\n]*(?:Số\s*:?|[^\W\d_][\w ]{0,40}[^\S\n]số\s*:)\s*")
_AFTER_OWN = re.compile(r"[^\S\n]*(?:$|[\n\t|]|V/v|v/v|Về việc)")
_SENTENCE = re.compile(r"[.;!?]\s|\n|\t")
_TITLE_JOINT = re.compile(r"(?:của|thi hành|thực hiện|sửa đổi)\s+$")
_LIST_JOINT = re.compile(r"\s*(?:,|;|và|,\s*và)\s*(?:số\s*)?")


@dataclass(frozen=True, slots=True)
class Found:
    citations: tuple[Citation, ...]
    works: tuple[WorkRef, ...]


def find(sheet: Sheet, outline: Outline, heading: Heading) -> Found:  # noqa: ARG001 - every station is called alike
    """All mentions in order of place, and the works they are mentions of. Never raises on content."""
    text = flowing(sheet)
    kept = [draft for draft in drafts.find(text) if not _letterhead(sheet.text, draft, heading)]
    read = [_citation(text, draft, _limits(text, kept, place), heading) for place, draft in enumerate(kept)]
    dated = _shared_dates(text, kept, read)
    placed = _Places(sheet)
    related = relations.relate(text, dated)
    spanned = [replace(citation, span=placed.span(citation.span)) for citation in related]
    index, found = works.assign(spanned)
    return Found(tuple(replace(one, work=work) for one, work in zip(spanned, index, strict=True)), found)


def _limits(text: str, kept: Sequence[Draft], place: int) -> tuple[int, int]:
    """Where the next mention begins, and where a title must end: after the laws that it amends or that it is about."""
    starts = [draft.start for draft in kept[place + 1 : place + 1 + _TITLE_NAMES]]
    starts.append(len(text) if len(starts) < _TITLE_NAMES else starts.pop())
    number = 0
    while number + 1 < len(starts) and _joins(text, kept, place + 1 + number, inside=number > 0):
        number += 1
    first, last = starts[0], starts[number]
    return first, last


def _joins(text: str, kept: Sequence[Draft], number: int, *, inside: bool) -> bool:
    """`… một số điều của Luật A, Luật B và Luật C`: the name is part of the title before it."""
    if kept[number].form == "short" or (inside and kept[number].form != "name"):
        return False
    lead = text[max(kept[number - 1].end, kept[number].start - 12) : kept[number].start]
    return bool(_TITLE_JOINT.search(lead)) or (inside and bool(_LIST_JOINT.fullmatch(lead)))


def _citation(text: str, draft: Draft, limits: tuple[int, int], heading: Heading) -> Citation:
    tail = tails.read(text, draft.end, *limits)
    year = tails.year(text, draft.end) if draft.form == "name" and tail.date is None else None
    end = year.end() if year else tail.end
    if year:
        tail = tails.read(text, end, *limits)
    own = drafts.in_annex_line(text, draft) and _is_own(draft, heading)
    return Citation(
        kind=draft.kind,
        kind_text=draft.kind_text,
        symbol=draft.symbol.text if draft.symbol else None,
        date=tail.date,
        date_text=tail.date_text or (year["said"] if year else None),
        date_before=None if tail.date else _date_before(text, draft),
        issuer=tail.issuer,
        term=draft.term or tail.term,
        title=draft.name or tail.title,
        span=Span(start=draft.start, end=end),
        form=draft.form,
        self_mention=own,
        work=-1,
    )


def _is_own(draft: Draft, heading: Heading) -> bool:
    """The symbol of the heading; where the heading has none, the annex's caption is where it is known from."""
    return draft.symbol is not None and (heading.symbol is None or key(draft.symbol.text) == key(heading.symbol))


def _letterhead(text: str, draft: Draft, heading: Heading) -> bool:
    """`Số: 12/KH-UBND`, `Luật số: 43/2024/QH15`: at the head of the document, or of a document annexed to it."""
    if draft.symbol is None or drafts.in_annex_line(text, draft):
        return False
    at = heading.spans.get("symbol")
    if at is not None and draft.symbol_at < at.end and _is_own(draft, heading):
        return True  # above the number stands only what a portal calls the document by
    title = heading.spans.get("title")
    if title is not None and title.start <= draft.symbol_at < title.end and _is_own(draft, heading) and heading.symbol:
        return True
    line = _LINE_START.split(text[max(0, draft.symbol_at - 80) : draft.symbol_at])[-1]
    if _OWN_LINE.fullmatch(line) and _AFTER_OWN.match(text, draft.end):
        return draft.start < _HEAD_REACH or draft.number_word == "Số"
    if draft.number_word != "Số" or draft.chained or draft.start >= _HEAD_REACH:
        return False
    above = re.findall(r"[^\W_]+", line)[:-1]
    return not above or above[-1].isupper()


@cache
def _verbs_before() -> tuple[tuple[str, ...], re.Pattern[str]]:
    said = tails.words()["date_before"]["verbs"]
    return tails.last_words(said), re.compile(r"\b" + tails.any_of(said) + r"\s*$", re.IGNORECASE)


def _date_before(text: str, draft: Draft) -> date | None:
    """`Ngày 24/7/2024, UBND tỉnh có Công văn số …`: the date stands at the head of the same clause."""
    lead = text[max(0, draft.start - 220) : draft.start]
    ending, verbs = _verbs_before()
    if not tails.ends_in(lead, ending) or not verbs.search(lead):
        return None
    cut = max((found.end() for found in _SENTENCE.finditer(lead) if lead[found.start()] != "\n"), default=0)
    found = tails.last_date(lead[cut:])
    return tails.day(found) if found else None


def _shared_dates(text: str, kept: Sequence[Draft], read: Sequence[Citation]) -> list[Citation]:
    """`số 8/CĐ-UBND và số 9/CĐ-UBND ngày 19/11/2025`: the last one's date holds for those without their own."""
    result = list(read)
    for place in range(len(kept) - 2, -1, -1):
        one, after = result[place], result[place + 1]
        if one.date or not kept[place + 1].chained or after.date is None or one.form != "symbol":
            continue
        own = symbols.parse(one.symbol or "")
        if own and own.year not in (None, after.date.year):
            continue
        if _LIST_JOINT.fullmatch(text[kept[place].end : kept[place + 1].start]):
            result[place] = replace(one, date=after.date, date_text=after.date_text, date_before=None)
    return result


class _Places:
    """Gives a span its page, table, row and cell, walking the blocks once."""

    def __init__(self, sheet: Sheet) -> None:
        self._blocks = sheet.blocks
        self._at = 0

    def span(self, bare: Span) -> Span:
        """The place of a stretch of text; stretches must come in order."""
        while self._at < len(self._blocks) and self._blocks[self._at].span.end < bare.start:
            self._at += 1
        if self._at == len(self._blocks):
            return bare
        block = self._blocks[self._at]
        if not isinstance(block, Table):
            return Span(start=bare.start, end=bare.end, page=block.span.page)
        return self._in_table(block, bare)

    @staticmethod
    def _in_table(table: Table, bare: Span) -> Span:
        low, high = 0, len(table.rows) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if table.rows[middle].span.end < bare.start else (low, middle)
        row = table.rows[low]
        for cell in row.cells:
            if cell.span.start <= bare.start <= cell.span.end:
                at = cell.span
                return Span(start=bare.start, end=bare.end, page=at.page, table=at.table, row=at.row, cell=at.cell)
        return Span(start=bare.start, end=bare.end, page=row.span.page, table=table.index, row=row.span.row)


@cache
def _carrying() -> re.Pattern[str]:
    verbs = tails.any_of([fold(verb) for verb in tails.words()["carries_out"]["verbs"]])
    return re.compile(verbs + r"(?:\s+(?:cac|noi dung|ve))?\s*$")


def implemented(heading: Heading, sheet: Sheet, citations: Sequence[Citation]) -> str | None:
    """The symbol that the document carries out: the first cited in its title after `thực hiện` …, else at its opening.

    What it is founded on ("Căn cứ …") is not carried out. None where nothing is said.
    """
    text = sheet.text
    title = heading.spans.get("title")
    bounds = [(title.start, title.end)] if title else []
    for start, end in [*bounds, (0, _HEAD_REACH)]:
        for number, citation in enumerate(citations):
            if number and _in_subject(text[citations[number - 1].span.end : citation.span.start]):
                continue
            if not (citation.symbol and citation.form == "symbol" and start <= citation.span.start < end):
                continue
            if not citation.self_mention and _carried(text, citation.span.start):
                return citation.symbol
    return None


def _in_subject(between: str) -> bool:
    """`Kết luận A về việc tiếp tục thực hiện Chỉ thị B`: it is A that carries B out."""
    return " về " in between and not any(mark in between for mark in ".;\n")


def _carried(text: str, at: int) -> bool:
    lead = fold(text[max(0, at - 120) : at])
    if not (verb := _carrying().search(lead)) or relations.is_review(lead[: verb.start()]):
        return False
    line = fold(text[max(0, at - _LONGEST_LINE) : at])
    return "can cu" not in line[line.rfind("\n", 0, len(line.rstrip())) + 1 :]
