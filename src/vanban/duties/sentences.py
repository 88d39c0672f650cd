"""A paragraph of several orders, cut where another body is ordered: "Đồng ý …. Giao Sở A …; UBND xã B … trước …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from vanban.duties import subjects
from vanban.fold import fold
from vanban.model import Provision, Span

_CUT = re.compile(r"(?<=[.;:])\s+(?=[^\W\d_])|(?<=,)\s+(?=giao )|(?<=đồng thời)\s+(?=giao )")
_LONGEST_LABEL = 40
_REACH = 600
"""Characters back to "phối hợp với", however many bodies follow it."""
_SHORT = 120
"""Characters: what stands before the first order and names its matter is kept with it."""


@dataclass(frozen=True, slots=True)
class Order:
    lead: str
    start: int
    end: int
    """Where it stands in the paragraph's text."""
    text: str


def orders(
    text: str, *, ordering: bool, several: bool, lead: str | None, issuer: str, heard: bool = True
) -> list[Order]:
    """The orders of a paragraph in order of place, each with its body.

    `ordering`: a body and a verb order at its beginning, and further on if they do there; `several`: anyway.
    Under a `lead` of its own a paragraph is one order, that of the body it begins with, if it begins with one.
    `heard`: "Chủ tịch tỉnh giao Sở A …" orders here and is not told.
    """
    first = subjects.subject(text, ordering=ordering, issuer=issuer)
    if heard and not (first and first.name):
        first = subjects.commanded(text, issuer)
        ordering = ordering or first is not None
    heads = [(0, first.name)] if first and first.name else []
    if lead is None or heads:
        for cut in _CUT.finditer(text):
            if heads and not _said(text, heads[-1][0], cut.start()):
                continue
            name = _ordered(
                text,
                cut.start(),
                cut.end(),
                several=several or bool(ordering and heads),
                before=bool(heads),
                issuer=issuer,
                heard=heard,
            )
            if name and (not heads or fold(name) != fold(heads[-1][1])):
                heads.append((cut.end(), name))
    if not heads:
        return []
    ends = [start for start, _ in heads[1:]] + [len(text)]
    return [
        _order(text, start, end, name, alone=start == heads[0][0])
        for (start, name), end in zip(heads, ends, strict=True)
    ]


def _order(text: str, start: int, end: int, name: str, *, alone: bool) -> Order:
    if alone and start <= _SHORT and text[:start].rstrip().endswith((":", ",")):
        start = 0
    content = text[start:end].rstrip(" ")
    return Order(name, start, start + len(content), content)


def _ordered(text: str, end: int, start: int, *, several: bool, before: bool, issuer: str, heard: bool) -> str | None:
    """The body that the clause beginning at `start` orders, `end` being where the one before it ends."""
    clause, mark = text[start : start + 2 * subjects.LONGEST_NAME], text[end - 1]
    opener = subjects.phrases("openers").start(clause)
    if opener:
        if mark != "." and fold(opener) != "giao" and before:
            return None
        found = subjects.subject(clause, ordering=False, issuer=issuer)
        return found.name if found and _is_one(found.name, mark) else None
    if heard and mark == "." and (found := subjects.commanded(clause, issuer)):
        return found.name
    if not several or mark not in ".;" or not clause[0].isupper() or _lists(text[max(0, end - _REACH) : end]):
        return None
    found = subjects.subject(clause, ordering=True, issuer=issuer)
    return found.name if found and _is_one(found.name, mark) else None


def _said(text: str, start: int, end: int) -> bool:
    """Whether the clause already says what is to be done, and does not still list who is to do it."""
    return subjects.first_verb(text[start : min(end, start + subjects.LONGEST_NAME)]) is not None


def _is_one(name: str, mark: str) -> bool:
    """Amid a sentence only a body by its name counts ("; giao các đơn vị …" is what another is to do)."""
    return subjects.is_sure(name) and not subjects.is_private(name) and (mark == "." or name[0].isupper())


def _lists(text: str) -> bool:
    """Whether the text ends amid those to work with: `…, phối hợp với Sở B;`."""
    at = text.rfind("phối hợp")
    return at >= 0 and text[-1] == ";" and subjects.first_verb(text[at + len("phối hợp") :]) is None


def places(text: str, node: Provision, found: Sequence[Order]) -> list[Span]:
    """Where the orders of a paragraph stand in the sheet's `text`: its provision's span, or the stretch of each."""
    if all((order.start, order.end) == (0, len(node.text)) for order in found):
        return [node.span for _ in found]
    wanted = "".join(node.text.split())
    printed = (place for place in range(node.span.start, node.span.end) if not text[place].isspace())
    raw = list(islice(printed, len(wanted) + _LONGEST_LABEL))
    label = max("".join(text[place] for place in raw).find(wanted), 0)
    before = list(accumulate((not char.isspace() for char in node.text), initial=label))
    page = node.span.page
    return [Span(start=raw[before[order.start]], end=raw[before[order.end - 1]] + 1, page=page) for order in found]
