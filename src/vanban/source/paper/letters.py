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
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from vanban.fold import nfc
from vanban.source.encodings import Legacy, convert, from_font
from vanban.source.paper.fonts import Font, Fonts
from vanban.source.paper.page import Word
from vanban.source.paper.pdfium import Rect, View, boxes_of, text_object_at, text_of

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
_BULLET = "•"
_NONE = 0.25
"""Of the letters' size: a wider gap parts words."""
_GUESSED = _CLOSED = 0.1
"""So does a gap wider than this, where PDFium guesses a blank."""
_BLANK = 0.0
"""A blank that was drawn parts words however close they stand."""
_SHIFT = 0.5
"""How far a letter may stand above or below its neighbour of one word (raised digits)."""
_TWICE = 0.1
"""The same letter again, so near, is only bolder."""
_ASCENT, _DESCENT = 0.9, 0.22
_TINY = 2.0
_LEANING = math.radians(10)
"""Letters off the level and the upright by more are a watermark."""
_NO_FILL = frozenset({3, 7})
"""Rendering modes that draw nothing."""
_BOLDER = 2
_WHITE = 250
_GROUNDS = 500
_MAJORITY = 0.6
_MANY = 30
"""So many letters must be turned before a page is taken to be."""
_LINE = 2.0
"""Points: base lines and ends of one line agree so far."""
_FAR = 1.5
_WIDE_HYPHEN = 0.42


@dataclass(frozen=True, slots=True)
class Run:
    """What the letters of one text object share."""

    font: Font
    size: float
    direction: int
    """Quarter turns against the clock; -1: leaning, or not seen at all."""
    bold: bool
    invisible: bool
    white: bool
    unmapped: bool


@dataclass(slots=True)
class Piece:
    """Letters of one word, along its direction."""

    run: Run
    letters: list[int]
    base: float
    start: float
    end: float
    blank: float
    """What parts it from the letters drawn before: `_NONE`, `_GUESSED` or `_BLANK`."""

    def rect(self) -> Rect:
        """In the page's own space."""
        low, high = self.base - _DESCENT * self.run.size, self.base + _ASCENT * self.run.size
        if self.run.direction == 0:
            return self.start, low, self.end, high
        if self.run.direction == 1:
            return -high, self.start, -low, self.end
        if self.run.direction == 2:  # noqa: PLR2004 - quarters
            return -self.end, -high, -self.start, -low
        return low, -self.end, high, -self.start


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
        self._fonts = fonts
        self._count = max(0, min(raw.FPDFText_CountChars(text), _LETTERS))
        self._text = text_of(text, self._count)
        self._boxes = boxes_of(text, self._count)
        self._runs: dict[int, Run | None] = {}
        self._orphans: list[int] = []

    def read(self, view: View, grounds: Iterable[Rect]) -> Letters:
        found = Letters()
        pieces = [piece for piece in self._pieces() if self._counted(piece, found)]
        if any(piece.run.white for piece in pieces):
            largest = sorted(grounds, key=_area, reverse=True)[:_GROUNDS]
            pieces = [piece for piece in pieces if not piece.run.white or _upon(piece.rect(), largest)]
        self._mark(pieces)
        pieces = _rejoined(pieces)
        found.turn = _turn_of(pieces, view)
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
        elif count > 1:
            found.unmapped += sum(bool(_PRIVATE.match(self._text[at])) for at in piece.letters)
        return True

    # -- letters to pieces --------------------------------------------------------------------------------------------

    def _pieces(self) -> Iterator[Piece]:
        """In the order of drawing. Marks over no letter that was just drawn wait until all letters are known."""
        last: Piece | None = None
        before = 0
        for match in _DRAWN.finditer(self._text):
            start, end = match.span()
            blank = _NONE if start == before else _GUESSED if self._guessed(before, start) else _BLANK
            before = end
            for run, letters in self._same(start, end):
                for letter in letters:
                    if "\u0300" <= self._text[letter] <= "\u036f":
                        if last is None or not self._under(last, letter):
                            self._orphans.append(letter)
                        else:
                            last.letters.append(letter)
                        continue
                    if last is None or not self._continues(last, run, letter, blank):
                        if last is not None:
                            yield last
                        last = self._begun(run, letter, blank)
                    blank = _NONE
        if last is not None:
            yield last

    def _same(self, start: int, end: int) -> Iterator[tuple[Run, range]]:
        """A stretch without blanks, cut where another text object goes on."""
        objects = [text_object_at(self._page, start)]
        if end - start > 1 and text_object_at(self._page, end - 1) != objects[0]:
            objects += [text_object_at(self._page, at) for at in range(start + 1, end)]
        begun = start
        for at in range(start + 1, start + len(objects)):
            if objects[at - start] != objects[begun - start]:
                yield from self._of_run(objects[begun - start], begun, at)
                begun = at
        yield from self._of_run(objects[begun - start], begun, end)

    def _of_run(self, key: int | None, start: int, end: int) -> Iterator[tuple[Run, range]]:
        if not key:
            return
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = self._described(start)
        yield run, range(start, end)

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
        return all(raw.FPDFText_IsGenerated(self._page, at) == 1 for at in range(start, min(end, start + 3)))

    def _along(self, letter: int, direction: int) -> tuple[float, float]:
        """Where a letter's advance begins and ends."""
        left, top, right, bottom = self._boxes[4 * letter : 4 * letter + 4]
        if direction == 0:
            return left, right
        if direction == 1:
            return bottom, top
        return (-right, -left) if direction == 2 else (-top, -bottom)  # noqa: PLR2004 - quarters

    def _base(self, letter: int, direction: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, letter, x, y)
        return (y.value, -x.value, -y.value, x.value)[direction]

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

    def _twice(self, piece: Piece, letter: int, start: float, size: float) -> bool:
        last = piece.letters[-1]
        if self._text[last] != self._text[letter]:
            return False
        return abs(self._along(last, max(piece.run.direction, 0))[0] - start) < _TWICE * size

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
        return start - _CLOSED * size <= self._middle(mark, direction) <= piece.end + _CLOSED * size / 2

    def _mark(self, pieces: list[Piece]) -> None:
        """Set the marks that wait upon the letters they stand over; a mark over nothing is dropped."""
        lines: dict[tuple[int, int], list[Piece]] = defaultdict(list)
        for piece in sorted(pieces if self._orphans else (), key=lambda piece: piece.start):
            lines[piece.run.direction, round(piece.base / _LINE)].append(piece)
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
            line = lines.get((direction, round(base / _LINE) + row), [])
            at = bisect_right(line, middle, key=lambda piece: piece.start) - 1
            if at >= 0 and middle <= line[at].end + _CLOSED * size:
                return line[at]
        return None

    # -- pieces to words ----------------------------------------------------------------------------------------------

    def _texts(self, pieces: list[Piece]) -> dict[str, str]:
        """Each font's letters on this page; what they tell of its code is remembered for the pages to come."""
        parts: dict[str, list[str]] = defaultdict(list)
        for piece in pieces:
            parts[piece.run.font.name].append("".join(self._text[at] for at in piece.letters))
        texts = {name: " ".join(words) for name, words in parts.items()}
        for name, text in texts.items():
            self._fonts.learn(name, text)
        return texts

    def _words(self, pieces: list[Piece], view: View) -> Iterator[Word]:
        upright = view.turn
        turned = []
        for piece, text in _once([(piece, self._read(piece)) for piece in pieces]):
            if not text:
                continue
            if piece.run.direction == upright:
                word = _word(piece, text, view)
                if word is not None:
                    yield word
            else:
                turned.append((piece, text))
        for piece, text in _lines(turned):
            word = _word(piece, text, view)
            if word is not None:
                yield word

    def _read(self, piece: Piece) -> str:
        letters = [self._text[at] for at in piece.letters]
        font = piece.run.font.name
        legacy = self._fonts.legacy.get(font)
        if not _HYPHENS.isdisjoint(letters):
            letters = [
                self._hyphen(at, legacy) if self._text[at] in _HYPHENS else self._text[at] for at in piece.letters
            ]
        text = "".join(letters)
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


def _turn_of(pieces: Iterable[Piece], view: View) -> int:
    """Most letters are read level."""
    counts: Counter[int] = Counter()
    for piece in pieces:
        counts[piece.run.direction] += len(piece.letters)
    if not counts:
        return 0
    direction, count = counts.most_common(1)[0]
    return (direction - view.turn) % 4 if count >= _MAJORITY * counts.total() and count >= _MANY else 0


def _rejoined(pieces: list[Piece]) -> list[Piece]:
    """A word whose pieces were drawn at different times, each touching the next."""
    ends = {_spot(piece, piece.end): piece for piece in pieces}
    gone: set[int] = set()
    for piece in sorted((piece for piece in pieces if piece.blank == _GUESSED), key=lambda piece: piece.start):
        left = _neighbour(piece, ends)
        if left is None or left is piece:
            continue
        left.letters += piece.letters
        left.end = piece.end
        ends[_spot(piece, piece.end)] = left
        gone.add(id(piece))
    return [piece for piece in pieces if id(piece) not in gone] if gone else pieces


def _spot(piece: Piece, at: float) -> tuple[int, int, int]:
    return piece.run.direction, round(piece.base / _LINE), round(at / _LINE)


def _neighbour(piece: Piece, ends: dict[tuple[int, int, int], Piece]) -> Piece | None:
    direction, base, start = _spot(piece, piece.start)
    near = _CLOSED * piece.run.size
    for row in (0, -1, 1):
        for column in (0, -1, 1):
            left = ends.get((direction, base + row, start + column))
            if left and abs(left.base - piece.base) <= near and abs(left.end - piece.start) <= near:
                return left
    return None


def _once(read: list[tuple[Piece, str]]) -> list[tuple[Piece, str]]:
    """Without words that are drawn again at almost the same place, to look bolder or to cast a shadow."""
    places: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for at, (piece, text) in enumerate(read):
        places[text].append((piece.base, piece.start, at))
    again: set[int] = set()
    for same in places.values():
        if len(same) > 1:
            again.update(_repeated(sorted(same), read))
    return [one for at, one in enumerate(read) if at not in again] if again else read


def _repeated(same: list[tuple[float, float, int]], read: list[tuple[Piece, str]]) -> Iterator[int]:
    for (base, start, _), (other_base, other_start, at) in pairwise(same):
        near = 2 * _TWICE * read[at][0].run.size
        if abs(base - other_base) < near and abs(start - other_start) < near:
            yield at


def _lines(turned: list[tuple[Piece, str]]) -> Iterator[tuple[Piece, str]]:
    """Words that stand upright or upside down on the page, each line of them as one, blanks and all: who lays out
    the page reads from left to right, and would take them apart.
    """
    turned = sorted(turned, key=lambda one: (one[0].run.direction, round(one[0].base), one[0].start))
    line: Piece | None = None
    words: list[str] = []
    for piece, text in turned:
        size = piece.run.size
        if (
            line is not None
            and line.run.direction == piece.run.direction
            and abs(line.base - piece.base) < size / 2
            and -size < piece.start - line.end < _FAR * size
        ):
            line.end = piece.end
            words.append(text)
            continue
        if line is not None:
            yield line, " ".join(words)
        line, words = piece, [text]
    if line is not None:
        yield line, " ".join(words)
