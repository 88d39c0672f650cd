"""A paragraph of several orders, cut where another body is ordered: "Đồng ý …. Giao Sở A …; UBND xã B … trước …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from vanban.duties import subjects
from vanban.fold import fold
from vanban.model import Provision, Span

_CUT = re.compile(r"(?<=[.;:])\s+(?=[^\W\d_])|(?<=,)\s+(?=giao )|(?<=đồng thời)\s+(?=giao )")
_LONGEST_LABEL = 40
_SHORT = 120
"""Characters: what stands before the first order and names its matter is kept with it."""


@dataclass(frozen=True, slots=True)
class Order:
    lead: str
    start: int
    end: int
    """Where it stands in the paragraph's text."""
    text: str


def orders(text: str, *, ordering: bool, several: bool, lead: str | None, issuer: str) -> list[Order]:
    """The orders of a paragraph in order of place, each with its body.

    `ordering`: a body and a verb order at its beginning, and further on if they do there; `several`: anyway.
    Under a `lead` of its own a paragraph is one order, that of the body it begins with, if it begins with one.
    """
    first = subjects.subject(text, ordering=ordering, issuer=issuer)
    heads = [(0, first.name)] if first and first.name else []
    if lead is None or heads:
        for cut in _CUT.finditer(text):
            if heads and subjects.first_verb(text[heads[-1][0] : cut.start()]) is None:
                continue
            name = _ordered(
                text,
                cut.start(),
                cut.end(),
                several=several or bool(ordering and heads),
                before=bool(heads),
                issuer=issuer,
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


def _ordered(text: str, end: int, start: int, *, several: bool, before: bool, issuer: str) -> str | None:
    """The body that the clause beginning at `start` orders, `end` being where the one before it ends."""
    clause, mark = text[start : start + 2 * subjects.LONGEST_NAME], text[end - 1]
    opener = subjects.phrases("openers").start(clause)
    if opener:
        if mark != "." and fold(opener) != "giao" and before:
            return None
        found = subjects.subject(clause, ordering=False, issuer=issuer)
        return found.name if found and _is_one(found.name, mark) else None
    if not several or mark not in ".;" or not clause[0].isupper() or _lists(text[:end]):
        return None
    found = subjects.subject(clause, ordering=True, issuer=issuer)
    return found.name if found and _is_one(found.name, mark) else None


def _is_one(name: str, mark: str) -> bool:
    """Amid a sentence only a body by its name counts ("; giao các đơn vị …" is what another is to do)."""
    return subjects.is_sure(name) and not subjects.is_private(name) and (mark == "." or name[0].isupper())


def _lists(text: str) -> bool:
    """Whether the text ends amid those to work with: `…, phối hợp với Sở B;`."""
    at = text.rfind("phối hợp")
    return at >= 0 and text[-1] == ";" and subjects.first_verb(text[at + len("phối hợp") :]) is None


def place(text: str, node: Provision, order: Order) -> Span:
    """Where an order stands in the sheet's `text`: its provision's span, or the stretch that holds this order."""
    whole = order.start == 0 and order.end == len(node.text)
    if whole:
        return node.span
    at = _Letters(text, node)
    return Span(start=at.of(order.start), end=at.of(order.end - 1) + 1, page=node.span.page)


class _Letters:
    """From a place in a provision's squeezed text to the sheet's: white space aside both have the same letters."""

    def __init__(self, text: str, node: Provision) -> None:
        self._text = node.text
        wanted = "".join(node.text.split())
        printed = (place for place in range(node.span.start, node.span.end) if not text[place].isspace())
        raw = list(islice(printed, len(wanted) + _LONGEST_LABEL))
        label = max("".join(text[place] for place in raw).find(wanted), 0)
        self._raw = raw[label : label + len(wanted)]

    def of(self, at: int) -> int:
        return self._raw[len("".join(self._text[:at].split()))]
