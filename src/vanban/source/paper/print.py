"""Printed lines: words that stand on one line, and lines put together to a text that knows its places."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from vanban.labels import read_label
from vanban.model import Place
from vanban.source.paper.page import Box, Page, Word
from vanban.syllables import joins, torn

_OVERLAP = 0.5
"""Of the lower of two boxes: so far they must overlap in height to stand on one line."""
_ENDED = re.compile(r"[.;:!?…][\"”’)]?$")
_DASHED = re.compile(r"[-–]\s+(?:(?P<figure>\d)|[^\W\d_A-ZÀ-ỸĐ])")
_BULLET = re.compile(r"^[-–—+•*]\s")
_SLACK = 1.0
"""Points."""
_WIDE_LETTER = 2.0
"""Of a usual letter's width: an "m"."""
_SHORT = 0.25
"""Of its width, a line leaves free at its right: its paragraph is over."""


@dataclass(frozen=True)
class Printed:
    """One line, or one side of it. Points of its page."""

    words: tuple[Word, ...]
    page: Page

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        boxes = [word.box for word in self.words]
        return Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    @property
    def height(self) -> float:
        return max(1.0, self.box.bottom - self.box.top)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def ended(self) -> bool:
        return bool(_ENDED.search(self.text))

    @property
    def begins(self) -> bool:
        """With a bullet or a label: a paragraph of its own."""
        return bool(_BULLET.match(self.text)) or read_label(self.text) is not None

    def place(self, start: int) -> Place:
        """Where it stands, for text that begins at `start`."""
        box, page = _as_came(self.box, self.page), self.page
        sides = (box.left / page.width, box.top / page.height, box.right / page.width, box.bottom / page.height)
        left, top, right, bottom = (round(min(1.0, max(0.0, side)), 4) for side in sides)
        sure = [word.confidence for word in self.words if word.confidence is not None]
        return Place(
            start=start,
            end=start + len(self.text),
            page=page.number,
            box=(left, top, right, bottom),
            confidence=round(min(sure)) if sure else None,
        )


def _as_came(box: Box, page: Page) -> Box:
    """The box around a place, on the page before it was straightened."""
    if not page.lean:
        return box
    turn = math.radians(page.lean)
    x, y = (box.left + box.right - page.width) / 2, (box.top + box.bottom - page.height) / 2
    across = x * math.cos(turn) - y * math.sin(turn) + page.width / 2
    down = x * math.sin(turn) + y * math.cos(turn) + page.height / 2
    width, height = box.right - box.left, box.bottom - box.top
    high = (height + width * abs(math.sin(turn))) / 2
    return Box(across - width / 2, down - high, across + width / 2, down + high)


def lines_of(words: Iterable[Word], page: Page) -> list[Printed]:
    """Words to lines, from the top. Linear but for sorting."""
    found: list[list[Word]] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda one: (one.box.top + one.box.bottom, one.box.left)):
        box = word.box
        shared = min(bottom, box.bottom) - max(top, box.top)
        if found and shared >= _OVERLAP * min(bottom - top, box.bottom - box.top):
            found[-1].append(word)
            top, bottom = min(top, box.top), max(bottom, box.bottom)
            if bottom - top > 2.5 * (box.bottom - box.top):  # a tall one would draw in the lines beside it
                top, bottom = box.top, box.bottom
        else:
            found.append([word])
            top, bottom = box.top, box.bottom
    return [Printed(tuple(sorted(line, key=lambda one: one.box.left)), page) for line in found]


def sides(line: Printed, gap: float) -> list[Printed]:
    """The line, cut where so much white parts its words."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.box.left - before.box.right > gap:
            parts.append([])
        parts[-1].append(word)
    return [Printed(tuple(part), line.page) for part in parts]


@dataclass(frozen=True, slots=True)
class Said:
    """Text with its places, which count from its beginning."""

    text: str = ""
    places: tuple[Place, ...] = ()

    def and_then(self, other: Said, joint: str) -> Said:
        """The other behind this one."""
        if not self.text or not other.text:
            return self if self.text else other
        move = len(self.text) + len(joint)
        return Said(self.text + joint + other.text, (*self.places, *moved(other.places, move)))


def moved(places: Iterable[Place], by: int) -> Iterable[Place]:
    return (
        Place(start=one.start + by, end=one.end + by, page=one.page, box=one.box, confidence=one.confidence)
        for one in places
    )


def said(lines: Sequence[Printed]) -> Said:
    """Lines of one paragraph."""
    whole = Said()
    for line in lines:
        whole = whole.and_then(Said(line.text, (line.place(0),)), " ")
    return whole


def in_cell(lines: Sequence[Printed], left: float, right: float) -> Said:
    """Lines of a cell: a new paragraph where one begins with a label, or where the line before was over early."""
    whole = Said()
    before: Printed | None = None
    for line in lines:
        joint = " "
        if before is not None:
            over = before.ended and right - before.box.right > _SHORT * (right - left)
            begins = line.begins and not _dashed(before, line)
            joint = "\n" if begins or over else " "
            if len(before.words) == 1 and not before.page.scanned:
                joint = "" if _broken(whole.text, before.words[0], line.words[0], left, right) else joint
        whole = whole.and_then(Said(line.text, (line.place(0),)), joint)
        before = line
    return whole


def _dashed(before: Printed, line: Printed) -> bool:
    """A dash between two words or figures ("chính trị" / "- xã hội", "2026" / "- 2030"), and no bullet."""
    dash = None if before.ended else _DASHED.match(line.text)
    return dash is not None and (not dash["figure"] or before.text[-1:].isdigit())


def _broken(piece: str, before: Word, after: Word, left: float, right: float) -> bool:
    """A word that stands alone on its line of a cell, and goes on with the next line's first: a line is broken at a
    blank, and within a word only where the word alone is wider than its cell, so that not even a letter more has room.
    `piece` is what there is of the cell so far.
    """
    margin = max(0.0, before.box.left - left)
    room = right - margin - before.box.right
    letter = max((word.box.right - word.box.left) / max(1, len(word.text)) for word in (before, after))
    return room < letter * (_WIDE_LETTER if torn(piece, after.text) else 1) + _SLACK and joins(piece, after.text)


def without(page: Page, words: Iterable[Word]) -> Page:
    """The page with only these of its words."""
    return replace(page, words=tuple(words))
