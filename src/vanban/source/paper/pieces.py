"""Pieces of words, and how they hang together: drawn at different times, twice, or turned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from vanban.source.paper.fonts import Font
from vanban.source.paper.pdfium import Rect, View

GUESSED = CLOSED = 0.1
"""Of the letters' size: a gap wider than this parts words where PDFium guesses a blank."""
TWICE = 0.1
"""The same letter again, so near, is only bolder."""
LINE = 2.0
"""Points: base lines and ends of one line agree so far."""
_ASCENT, _DESCENT = 0.9, 0.22
_MAJORITY = 0.6
_MANY = 30
"""So many letters must be turned before a page is taken to be."""
_FAR = 1.5


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
    """What parts it from the letters drawn before: nothing, a guessed or a drawn blank."""

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


def turn_of(pieces: Iterable[Piece], view: View) -> int:
    """Most letters are read level."""
    counts: Counter[int] = Counter()
    for piece in pieces:
        counts[piece.run.direction] += len(piece.letters)
    if not counts:
        return 0
    direction, count = counts.most_common(1)[0]
    return (direction - view.turn) % 4 if count >= _MAJORITY * counts.total() and count >= _MANY else 0


def rejoined(pieces: list[Piece]) -> list[Piece]:
    """A word whose pieces were drawn at different times, each touching the next."""
    ends = {_spot(piece, piece.end): piece for piece in pieces}
    gone: set[int] = set()
    for piece in sorted((piece for piece in pieces if piece.blank == GUESSED), key=lambda piece: piece.start):
        left = _neighbour(piece, ends)
        if left is None or left is piece:
            continue
        left.letters += piece.letters
        left.end = piece.end
        ends[_spot(piece, piece.end)] = left
        gone.add(id(piece))
    return [piece for piece in pieces if id(piece) not in gone] if gone else pieces


def _spot(piece: Piece, at: float) -> tuple[int, int, int]:
    return piece.run.direction, round(piece.base / LINE), round(at / LINE)


def _neighbour(piece: Piece, ends: dict[tuple[int, int, int], Piece]) -> Piece | None:
    direction, base, start = _spot(piece, piece.start)
    near = CLOSED * piece.run.size
    for row in (0, -1, 1):
        for column in (0, -1, 1):
            left = ends.get((direction, base + row, start + column))
            if left and abs(left.base - piece.base) <= near and abs(left.end - piece.start) <= near:
                return left
    return None


def once(read: list[tuple[Piece, str]]) -> list[tuple[Piece, str]]:
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
        near = 2 * TWICE * read[at][0].run.size
        if abs(base - other_base) < near and abs(start - other_start) < near:
            yield at


def lines(turned: list[tuple[Piece, str]]) -> Iterator[tuple[Piece, str]]:
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
