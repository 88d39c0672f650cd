"""The letters that a PDF page draws, put together to words.

PDFium tells each letter, where its advance begins and ends, and where it believes blanks to be. Between letters of one
direction and one base line the gap decides: what PDFium only guessed to be a blank is none where nothing stands open,
and a wide gap is one. Marks drawn apart from their letter (tone marks of some fonts) are set upon the letter they
stand over. Everything is in the page's own space here; `words` turns it to the page as shown.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from vanban.fold import nfc
from vanban.source.encodings import Legacy, convert, from_font
from vanban.source.paper.fonts import Fonts
from vanban.source.paper.page import Word
from vanban.source.paper.pdfium import (
    Rect,
    View,
    address,
    boxes_of,
    is_generated,
    origin_of,
    text_object_at,
    text_of,
)
from vanban.source.paper.pieces import CLOSED, GUESSED, LINE, TWICE, Piece, Run, lines, once, rejoined, turn_of

_LETTERS = 200_000
"""A page with more is no page; the rest is not read."""
_DRAWN = re.compile("[^ \t\r\n\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_JUNK = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u2010": "-", "\u2011": "-"}
)
_HYPHENS = frozenset("\x02\ufffe\uffff")
"""What PDFium puts for a hyphen at the end of a line."""
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_MARK = re.compile("[\u0300-\u036f]")
_BULLET = "•"
_NONE = 0.25
"""Of the letters' size: a wider gap parts words."""
_BLANK = 0.0
"""A blank that was drawn parts words however close they stand."""
_SHIFT = 0.5
"""How far a letter may stand above or below its neighbour of one word (raised digits)."""
_TINY = 2.0
_LEANING = math.radians(10)
"""Letters off the level and the upright by more are a watermark."""
_NO_FILL = frozenset({3, 7})
"""Rendering modes that draw nothing."""
_BOLDER = 2
_WHITE = 250
_GROUNDS = 500
_WIDE_HYPHEN = 0.42


@dataclass(slots=True)
class Letters:
    """What a page's text amounts to."""

    words: list[Word] = field(default_factory=list)
    turn: int = 0
    """Quarters that the page is to be turned clockwise to be read, beyond its own turn."""
    shown: int = 0
    invisible: int = 0
    unmapped: int = 0
    legacy: frozenset[str] = frozenset()


class Lettering:
    """One page's letters, and how they hang together."""

    def __init__(self, text: Any, fonts: Fonts) -> None:
        self._page = text
        self._at = address(text)
        self._fonts = fonts
        self._count = max(0, min(raw.FPDFText_CountChars(text), _LETTERS))
        self._text = text_of(text, self._count)
        self._boxes = boxes_of(self._at, self._count)
        self._marked = _MARK.search(self._text) is not None
        self._private = _PRIVATE.search(self._text) is not None
        self._runs: dict[int, Run | None] = {}
        self._orphans: list[int] = []

    def read(self, view: View, grounds: Iterable[Rect]) -> Letters:
        found = Letters()
        pieces = [piece for piece in self._pieces() if self._counted(piece, found)]
        if any(piece.run.white for piece in pieces):
            largest = sorted(grounds, key=_area, reverse=True)[:_GROUNDS]
            pieces = [piece for piece in pieces if not piece.run.white or _upon(piece.rect(), largest)]
        self._mark(pieces)
        pieces = rejoined(pieces)
        found.turn = turn_of(pieces, view)
        texts = self._texts(pieces)
        found.legacy = frozenset(self._fonts.legacy[font] for font in texts if font in self._fonts.legacy)
        found.words = list(self._words(pieces, view.turned(found.turn)))
        return found

    def _counted(self, piece: Piece, found: Letters) -> bool:
        """Whether it is to be read; what is not is counted."""
        run, count = piece.run, len(piece.letters)
        if run.invisible:
            found.invisible += count
            return False
        if run.direction < 0 or run.size < _TINY:
            return False
        found.shown += count
        if run.unmapped:
            found.unmapped += count
        elif count > 1 and self._private:
            found.unmapped += sum(bool(_PRIVATE.match(self._text[at])) for at in piece.letters)
        return True

    # -- letters to pieces --------------------------------------------------------------------------------------------

    def _pieces(self) -> Iterator[Piece]:
        """In the order of drawing. Marks over no letter that was just drawn wait until all letters are known."""
        last: Piece | None = None
        before = 0
        for match in _DRAWN.finditer(self._text):
            start, end = match.span()
            blank = _NONE if start == before else GUESSED if self._guessed(before, start) else _BLANK
            before = end
            for run, letters in self._same(start, end):
                letter = letters.start
                while letter < letters.stop:
                    if self._marked and "\u0300" <= self._text[letter] <= "\u036f":
                        if last is None or not self._under(last, letter):
                            self._orphans.append(letter)
                        else:
                            last.letters.append(letter)
                        letter += 1
                        continue
                    if last is None or not self._continues(last, run, letter, blank):
                        if last is not None:
                            yield last
                        last = self._begun(run, letter, blank)
                    blank = _NONE
                    letter = self._followed(last, run, letter + 1, letters.stop)
        if last is not None:
            yield last

    def _same(self, start: int, end: int) -> list[tuple[Run, range]]:
        """A stretch without blanks, cut where another text object goes on."""
        first = text_object_at(self._at, start)
        if end - start == 1 or text_object_at(self._at, end - 1) == first:
            run = self._of(first, start)
            return [(run, range(start, end))] if run else []
        objects = [first, *(text_object_at(self._at, at) for at in range(start + 1, end))]
        cuts = [at for at in range(1, len(objects)) if objects[at] != objects[at - 1]]
        parts = ((self._of(objects[low], start + low), low, high) for low, high in pairwise((0, *cuts, len(objects))))
        return [(run, range(start + low, start + high)) for run, low, high in parts if run]

    def _of(self, key: int | None, letter: int) -> Run | None:
        """What the letters of a text object share, by its address; None for letters that none draws."""
        run = self._runs.get(key) if key else None
        if run is None and key:
            run = self._runs[key] = self._described(letter)
        return run

    def _described(self, at: int) -> Run:
        thing = raw.FPDFText_GetTextObject(self._page, at)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, at, matrix)
        font = self._fonts.of(thing)
        mode = raw.FPDFTextObj_GetTextRenderMode(thing)
        colour = [ctypes.c_uint() for _ in range(4)]
        known = raw.FPDFPageObj_GetFillColor(thing, *colour)
        red, green, blue, alpha = (each.value for each in colour)
        size = abs(raw.FPDFText_GetFontSize(self._page, at) * math.hypot(matrix.c, matrix.d))
        return Run(
            font=font,
            size=size if math.isfinite(size) else 0.0,
            direction=_direction(matrix.a, matrix.b),
            bold=font.bold or mode == _BOLDER,
            invisible=mode in _NO_FILL or bool(known and not alpha and mode != 1),
            white=bool(known and mode == 0 and min(red, green, blue) >= _WHITE),
            unmapped=raw.FPDFText_HasUnicodeMapError(self._page, at) == 1,
        )

    def _guessed(self, start: int, end: int) -> bool:
        """Whether the blanks between two letters are PDFium's own."""
        if end - start == 1:
            return bool(is_generated(self._at, start) == 1)
        return all(is_generated(self._at, at) == 1 for at in range(start, min(end, start + 3)))

    def _along(self, letter: int, direction: int) -> tuple[float, float]:
        """Where a letter's advance begins and ends."""
        left, top, right, bottom = self._boxes[4 * letter : 4 * letter + 4]
        if direction == 0:
            return left, right
        if direction == 1:
            return bottom, top
        return (-right, -left) if direction == 2 else (-top, -bottom)  # noqa: PLR2004 - quarters

    def _base(self, letter: int, direction: int) -> float:
        x, y = origin_of(self._at, letter)
        return (y, -x, -y, x)[direction]

    def _begun(self, run: Run, letter: int, blank: float) -> Piece:
        direction = max(run.direction, 0)
        start, end = self._along(letter, direction)
        return Piece(run, [letter], self._base(letter, direction), start, end, blank)

    def _continues(self, piece: Piece, run: Run, letter: int, blank: float) -> bool:
        """Takes the letter into the piece, if it belongs there."""
        if blank == _BLANK:
            return False
        if run is not piece.run and not (run.direction == piece.run.direction >= 0 and not run.invisible):
            return False
        start, end = self._along(letter, max(run.direction, 0))
        size = max(run.size, piece.run.size)
        if self._twice(piece, letter, start, size):
            return True
        if not -_SHIFT * size < start - piece.end < blank * size:
            return False
        if (run is not piece.run or blank) and abs(self._base(letter, run.direction) - piece.base) > _SHIFT * size:
            return False
        piece.letters.append(letter)
        piece.end = max(piece.end, end)
        return True

    def _followed(self, piece: Piece, run: Run, letter: int, stop: int) -> int:
        """Takes in what follows of the same text object, whose letters stand on one base line: only the gaps between
        them are looked at. Returns the first letter that is not taken.
        """
        if self._marked or letter >= stop:
            return letter
        direction, size = max(run.direction, 0), max(run.size, piece.run.size)
        low, high, near = -_SHIFT * size, _NONE * size, TWICE * size
        text, letters, reached = self._text, piece.letters, piece.end
        before = self._along(letters[-1], direction)[0]
        for start, end in self._sides(letter, stop, direction):
            if text[letter] != text[letters[-1]] or abs(before - start) >= near:
                if not low < start - reached < high:
                    break
                letters.append(letter)
                reached, before = max(reached, end), start
            letter += 1
        piece.end = reached
        return letter

    def _sides(self, letter: int, stop: int, direction: int) -> Iterator[tuple[float, float]]:
        """`_along` of one letter after another."""
        first, last = ((0, 2), (3, 1), (2, 0), (1, 3))[direction]
        starts, ends = self._boxes[4 * letter + first : 4 * stop : 4], self._boxes[4 * letter + last : 4 * stop : 4]
        if direction in {0, 1}:
            return zip(starts, ends, strict=True)
        return ((-start, -end) for start, end in zip(starts, ends, strict=True))

    def _twice(self, piece: Piece, letter: int, start: float, size: float) -> bool:
        last = piece.letters[-1]
        if self._text[last] != self._text[letter]:
            return False
        direction, near = max(piece.run.direction, 0), TWICE * size
        if abs(self._along(last, direction)[0] - start) >= near:
            return False
        return abs(self._base(letter, direction) - piece.base) < near

    # -- marks drawn apart --------------------------------------------------------------------------------------------

    def _middle(self, letter: int, direction: int) -> float:
        """Of the ink: a mark's advance tells nothing."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self._page, letter, left, right, bottom, top)
        along, up = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        return (along, up, -along, -up)[direction]

    def _under(self, piece: Piece, mark: int) -> bool:
        """Whether the piece's last letter stands under the mark."""
        direction, size = piece.run.direction, piece.run.size
        if direction < 0 or abs(self._base(mark, direction) - piece.base) > size:
            return False
        start = self._along(piece.letters[-1], direction)[0]
        return start - CLOSED * size <= self._middle(mark, direction) <= piece.end + CLOSED * size / 2

    def _mark(self, pieces: list[Piece]) -> None:
        """Set the marks that wait upon the letters they stand over; a mark over nothing is dropped."""
        lines: dict[tuple[int, int], list[Piece]] = defaultdict(list)
        for piece in sorted(pieces if self._orphans else (), key=lambda piece: piece.start):
            lines[piece.run.direction, round(piece.base / LINE)].append(piece)
        waiting: dict[int, list[int]] = defaultdict(list)
        owners: dict[int, Piece] = {}
        for mark in self._orphans:
            owner = self._owner(mark, lines)
            if owner is not None:
                owners[id(owner)] = owner
                waiting[id(owner)].append(mark)
        for key, owner in owners.items():
            direction = owner.run.direction
            order = [(self._along(letter, direction)[0], at, letter) for at, letter in enumerate(owner.letters)]
            order += [(self._middle(mark, direction), len(order), mark) for mark in waiting[key]]
            owner.letters = [letter for _, _, letter in sorted(order)]

    def _owner(self, mark: int, lines: dict[tuple[int, int], list[Piece]]) -> Piece | None:
        runs = [run for run, _ in self._same(mark, mark + 1)]
        if not runs or runs[0].direction < 0 or runs[0].invisible:
            return None
        direction, size = runs[0].direction, runs[0].size
        base, middle = self._base(mark, direction), self._middle(mark, direction)
        for row in (0, -1, 1, -2, 2):
            line = lines.get((direction, round(base / LINE) + row), [])
            at = bisect_right(line, middle, key=lambda piece: piece.start) - 1
            if at >= 0 and middle <= line[at].end + CLOSED * size:
                return line[at]
        return None

    # -- pieces to words ----------------------------------------------------------------------------------------------

    def _texts(self, pieces: list[Piece]) -> dict[str, str]:
        """Each font's letters on this page; what they tell of its code is remembered for the pages to come."""
        parts: dict[str, list[str]] = defaultdict(list)
        for piece in pieces:
            parts[piece.run.font.name].append("".join(map(self._text.__getitem__, piece.letters)))
        texts = {name: " ".join(words) for name, words in parts.items()}
        for name, text in texts.items():
            self._fonts.learn(name, text)
        return texts

    def _words(self, pieces: list[Piece], view: View) -> Iterator[Word]:
        upright = view.turn
        turned = []
        for piece, text in once([(piece, self._read(piece)) for piece in pieces]):
            if not text:
                continue
            if piece.run.direction == upright:
                word = _word(piece, text, view)
                if word is not None:
                    yield word
            else:
                turned.append((piece, text))
        for piece, text in lines(turned):
            word = _word(piece, text, view)
            if word is not None:
                yield word

    def _read(self, piece: Piece) -> str:
        text = "".join(map(self._text.__getitem__, piece.letters))
        font = piece.run.font.name
        legacy = self._fonts.legacy.get(font)
        if not _HYPHENS.isdisjoint(text):
            text = "".join(
                self._hyphen(at, legacy) if self._text[at] in _HYPHENS else self._text[at] for at in piece.letters
            )
        if text.isascii():
            return _JUNK.sub("", text)
        if legacy:
            text = from_font(text, font) if legacy == "tcvn3" and font.startswith(".Vn") else convert(text, legacy)
        text = _JUNK.sub("", text).translate(_LIGATURES)
        return _BULLET if len(text) == 1 and _PRIVATE.match(text) else nfc(text)

    def _hyphen(self, letter: int, legacy: Legacy | None) -> str:
        """At a line's end PDFium puts one sign for the hyphen and for the soft hyphen, which is ư in one old code."""
        start, end = self._along(letter, 0)
        size = raw.FPDFText_GetFontSize(self._page, letter)
        return "\u00ad" if legacy == "tcvn3" and abs(end - start) > _WIDE_HYPHEN * size else "-"


def _word(piece: Piece, text: str, view: View) -> Word | None:
    """None for what stands beyond the page's edges."""
    box = view.box(*piece.rect())
    if not (0 <= box.left + box.right <= 2 * view.width and 0 <= box.top + box.bottom <= 2 * view.height):
        return None
    return Word(text, box, piece.run.bold, piece.run.font.italic)


def _direction(a: float, b: float) -> int:
    if not (math.isfinite(a) and math.isfinite(b)):
        return -1
    angle = math.atan2(b, a)
    quarter = round(angle / (math.pi / 2))
    return -1 if abs(angle - quarter * math.pi / 2) > _LEANING else quarter % 4


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _upon(rect: Rect, grounds: Iterable[Rect]) -> bool:
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in grounds)
