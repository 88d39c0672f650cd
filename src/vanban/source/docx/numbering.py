"""Labels that Word computes and does not store: `1.`, `a)`, `II.`, or a dash for a bullet (numbering.xml)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vanban.source.docx.names import number, switch, value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 10_000
_LETTERS = 26
BULLET = "- "


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    shape: str
    """Word's name of the number's form (decimal, upperRoman …)."""
    text: str
    """`%1.%2`: each place is the number of that level."""
    legal: bool
    """Every place in decimals, whatever its own form."""
    after: str
    series: tuple[str, ...] = ()
    """A form that the document itself spells out ("a, b, c, d, đ, e"), in the order it states."""


@dataclass(slots=True)
class Numbering:
    """Counts as Word does: one counter per list and level; a higher level starts the lower ones anew."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    """List to the abstract one whose counters it goes on with."""
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, depth: int) -> str:
        """The label of the next paragraph of this list, with the blank that follows it; empty where none is shown."""
        levels = self.lists.get(list_id, {})
        level = levels.get(depth)
        if level is None or level.shape == "none":
            return ""
        if level.shape == "bullet":
            return BULLET
        counts = self._count(list_id, depth, level)
        text = _PLACE.sub(lambda place: self._place(levels, counts, int(place[1]) - 1, legal=level.legal), level.text)
        return text + ("" if level.after == "nothing" or not text else " ")

    def _count(self, list_id: str, depth: int, level: Level) -> dict[int, int]:
        counts = self.counters.setdefault(self.shared.get(list_id, list_id), {})
        restart = self.restarts.get((list_id, depth))
        if restart is not None and (list_id, depth) not in self.begun:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.begun.add((list_id, depth))
        for lower in [other for other in counts if other > depth]:
            del counts[lower]
        return counts

    @staticmethod
    def _place(levels: dict[int, Level], counts: dict[int, int], depth: int, *, legal: bool) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        return shaped(counts.get(depth, level.start), "decimal" if legal else level.shape, level.series)


def read_numbering(root: _Element | None) -> Numbering:
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts = {str(node.get(w("abstractNumId"))): node for node in root.findall(w("abstractNum"))}
    by_style = {value(node, "styleLink"): node for node in abstracts.values() if value(node, "styleLink")}
    for node in root.findall(w("num")):
        list_id, abstract_id = str(node.get(w("numId"))), value(node, "abstractNumId") or ""
        abstract = abstracts.get(abstract_id)
        if abstract is None:
            continue
        numbering.shared[list_id] = abstract_id
        linked = by_style.get(value(abstract, "numStyleLink"), abstract)
        numbering.lists[list_id] = _levels(linked)
        _override(numbering, list_id, node)
    return numbering


def shaped(count: int, shape: str, series: tuple[str, ...] = ()) -> str:
    """A number in one of Word's forms; a form unknown here is shown in decimals."""
    if series:
        return series[count - 1] if 0 < count <= len(series) else str(count)
    if shape in {"upperRoman", "lowerRoman"}:
        return _roman(count).upper() if shape == "upperRoman" else _roman(count)
    if shape in {"upperLetter", "lowerLetter"} and 0 < count <= _MOST:
        letters = chr(ord("a") + (count - 1) % _LETTERS) * ((count - 1) // _LETTERS + 1)
        return letters.upper() if shape == "upperLetter" else letters
    return f"{count:02d}" if shape == "decimalZero" else str(count)


def _roman(count: int) -> str:
    if not 0 < count <= _MOST:
        return str(count)
    digits = []
    for worth, digit in _ROMAN:
        times, count = divmod(count, worth)
        digits.append(digit * times)
    return "".join(digits)


def _levels(abstract: _Element) -> dict[int, Level]:
    return {_depth(node): _level(node) for node in abstract.findall(w("lvl"))}


def _depth(node: _Element) -> int:
    depth = str(node.get(w("ilvl"), "0"))
    return int(depth) if depth.isdecimal() and len(depth) == 1 else 0


def _level(node: _Element) -> Level:
    form = node.find(f".//{w('numFmt')}")
    shape = "decimal" if form is None else form.get(w("val"), "decimal")
    spelled = "" if form is None else form.get(w("format"), "")
    series = tuple(part.strip() for part in spelled.split(",") if part.strip(" .…")) if shape == "custom" else ()
    return Level(
        start=number(node, "start", 1 if node.find(w("start")) is None else 0),
        shape=shape,
        text=value(node, "lvlText") or "",
        legal=bool(switch(node, "isLgl")),
        after=value(node, "suff") or "tab",
        series=series,
    )


def _override(numbering: Numbering, list_id: str, node: _Element) -> None:
    for override in node.findall(w("lvlOverride")):
        depth, own = _depth(override), override.find(w("lvl"))
        if own is not None:
            numbering.lists[list_id] = {**numbering.lists[list_id], depth: _level(own)}
        if override.find(w("startOverride")) is not None:
            numbering.restarts[list_id, depth] = number(override, "startOverride", 1)
