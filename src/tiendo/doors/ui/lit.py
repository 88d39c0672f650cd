"""Cuts a text into lines and marks the sentences that are lit, for source.html."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """A stretch of a line. `first` is set on the first lit stretch of the text: the place a link `#lit` leads to."""

    text: str
    lit: bool = False
    first: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the text: `number` from 1; `page` only where a new page begins."""

    number: int
    parts: tuple[Part, ...]
    page: int | None = None


def _bounds(span: Any) -> tuple[int, int]:
    """(start, end) of a span given as an object, a mapping or a pair."""
    if isinstance(span, Mapping):
        return int(span["start"]), int(span["end"])
    return (int(span.start), int(span.end)) if hasattr(span, "start") else (int(span[0]), int(span[1]))


def _merged(spans: Iterable[Any]) -> list[tuple[int, int]]:
    """The spans in order, those that touch or overlap made one, empty ones dropped."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_bounds(span) for span in spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _parts(text: str, start: int, spans: list[tuple[int, int]]) -> list[Part]:
    """The line that starts at `start`, cut where a span begins or ends."""
    parts, here = [], 0
    for left, right in spans:
        begin, end = max(left - start, here), min(right - start, len(text))
        if begin >= end:
            continue
        if begin > here:
            parts.append(Part(text[here:begin]))
        parts.append(Part(text[begin:end], lit=True))
        here = end
    return parts + [Part(text[here:])] * (here < len(text))


def _shown(text: str) -> str:
    """As a person reads it: the tab between two cells of a table as a bar, a form feed as nothing."""
    return text.replace("\f", "").replace("\t", " │ ")


def lit_lines(text: str, spans: Iterable[Any] = ()) -> list[Line]:
    """Lines of `text` with `spans` lit; a form feed begins a new page.

    `spans` are (start, end) pairs, mappings, or objects with `start` and `end`, in characters of `text`.
    """
    raws = text.split("\n")
    return _lines(text, raws, range(len(raws)), _merged(spans))


def near_lit(text: str, spans: Iterable[Any], around: int = 60) -> list[Line]:
    """Only the lines within `around` lines of a lit one: a long document beside one task. Nothing lit: its start.

    The rest is not cut: a document of ten thousand rows costs hardly more than a short one.
    """
    lit, raws, wanted = _merged(spans), text.split("\n"), set[int]()
    for start, end in lit:
        words = text[start:end].lstrip("\n")
        if words:
            first = text.count("\n", 0, min(end, len(text)) - len(words))
            last = first + words.rstrip("\n").count("\n")
            wanted.update(range(max(first - around, 0), min(last + around + 1, len(raws))))
    return _lines(text, raws, sorted(wanted) or range(min(around + 1, len(raws))), lit)


def _lines(text: str, raws: Sequence[str], places: Iterable[int], lit: list[tuple[int, int]]) -> list[Line]:
    """The lines of `text` (its `raws`) at these places, in order."""
    lines, at, page, seen = [], 0, 1, False
    following = after = 0
    for place in places:
        if place > after:
            at += sum(map(len, raws[after:place])) + place - after
            page = 1 + text.count("\f", 0, at)
        raw, after = raws[place], place + 1
        end = at + len(raw)
        while following < len(lit) and lit[following][1] <= at:
            following += 1
        here = []
        for span in lit[following:]:
            if span[0] >= end:
                break
            here.append(span)
        parts = _parts(raw, at, here)
        broken = raw.count("\f")
        page += broken
        if not seen and (at_first := next((i for i, part in enumerate(parts) if part.lit), None)) is not None:
            parts[at_first], seen = Part(parts[at_first].text, lit=True, first=True), True
        cleaned = tuple(Part(_shown(part.text), part.lit, part.first) for part in parts)
        lines.append(Line(place + 1, cleaned, page if broken else None))
        at = end + 1
    return lines


def only_lit(lines: list[Line]) -> list[Line]:
    """The lit stretches and nothing beside them: for whoever may see a row of a document and not the document."""
    bare = (Line(line.number, tuple(part for part in line.parts if part.lit)) for line in lines)
    return [line for line in bare if line.parts]


@dataclass(frozen=True)
class LitBox:
    """A lit place on a page, in thousandths of its width and height from the top left corner."""

    left: int
    top: int
    width: int
    height: int


_MARGIN = 3
"""Thousandths of the page around the letters."""


def lit_boxes(places: Iterable[Any], spans: Iterable[Any]) -> dict[int, list[LitBox]]:
    """By page: for each lit stretch of text one box around all of its printed lines there, from the top.

    `places`: objects with `start`, `end`, `page` and `box` (left, top, right, bottom as fractions of the page), sorted.
    """
    lit = _merged(spans)
    found: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
    following = 0
    for place in places:
        while following < len(lit) and lit[following][1] <= place.start:
            following += 1
        if following == len(lit):
            break
        if lit[following][0] < place.end:
            found.setdefault((place.page, following), []).append(place.box)
    by_page: dict[int, list[LitBox]] = {}
    for (page, _), boxes in found.items():
        by_page.setdefault(page, []).append(_around(boxes))
    return {page: sorted(boxes, key=lambda box: (box.top, box.left)) for page, boxes in by_page.items()}


def _around(boxes: list[tuple[float, float, float, float]]) -> LitBox:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    left, top = round(1000 * min(lefts)) - _MARGIN, round(1000 * min(tops)) - _MARGIN
    return LitBox(left, top, round(1000 * max(rights)) + _MARGIN - left, round(1000 * max(bottoms)) + _MARGIN - top)
