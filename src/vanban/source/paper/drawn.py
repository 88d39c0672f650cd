"""What is drawn on a PDF page besides letters: ruling, shaded grounds, and pictures and how much of it they cover."""

from __future__ import annotations

import ctypes
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from vanban.source.paper.pdfium import Rect

Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_OBJECTS = 100_000
_SEGMENTS = 20_000
"""So many on one page are a drawing (a map, letters as outlines): the rest of it is not looked at."""
_DEPTH = 12
"""Forms within forms."""
_THIN = 3.5
"""Points: what is filled, longer and no thicker is a line."""
_SHORT = 4.0
_STRAIGHT = 0.6
"""A line leans no more than this from end to end, in points."""
_WHITE = 250
_DASH = 8.0
"""Points: what is shorter is a line only as one of a row of dots or dashes."""
_GAP = 3.5
"""Points between two of them."""
_STRING = 12.0
_FEW_SEGMENTS = 6
_GROUND = 36.0
"""Square points: a smaller filled shape is no ground for letters."""
_BIG = 0.5
"""Of the page: a picture that hides what stands behind it."""


@dataclass(slots=True)
class Drawn:
    """Everything in the page's own space."""

    rules: list[Rect] = field(default_factory=list)
    """Long and thin."""
    grounds: list[Rect] = field(default_factory=list)
    """Filled shapes that are not white, and pictures: white letters show on them."""
    covered: float = 0.0
    """How much of the page pictures cover, 0 to 1."""
    texts: int = 0
    texts_behind: int = 0
    """Of these, how many were drawn before a picture that covers most of the page."""
    segments: int = 0
    overflow: bool = False
    """There was more than is looked at."""


class Drawing:
    """One walk over the objects of a page, those within forms too."""

    def __init__(self, page: Any, frame: Rect) -> None:
        self.found = Drawn()
        self._page = page
        self._frame = frame
        self._area = max(1.0, (frame[2] - frame[0]) * (frame[3] - frame[1]))
        self._dots: list[Rect] = []

    def walk(self) -> Drawn:
        for kind, thing, matrix in self._objects():
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.found.texts += 1
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._image(thing, matrix)
            if self.found.segments > _SEGMENTS:
                self.found.overflow = True
                break
        self.found.rules.extend(_dotted(self._dots))
        return self.found

    def _objects(self) -> Iterator[tuple[int, Any, Matrix]]:
        """In the order of drawing. The stack holds what is still to come: container, next index, its end, matrix."""
        page = self._page
        stack: list[tuple[Any, int, int, Matrix]] = [(None, 0, raw.FPDFPage_CountObjects(page), _IDENTITY)]
        seen = 0
        while stack:
            form, at, end, matrix = stack.pop()
            while at < end:
                thing = raw.FPDFFormObj_GetObject(form, at) if form else raw.FPDFPage_GetObject(page, at)
                at += 1
                seen += 1
                if seen > _OBJECTS:
                    self.found.overflow = True
                    return
                kind = raw.FPDFPageObj_GetType(thing)
                if kind == raw.FPDF_PAGEOBJ_FORM:
                    stack.append((form, at, end, matrix))
                    if len(stack) <= _DEPTH:
                        inner = _multiplied(_matrix_of(thing), matrix)
                        stack.append((thing, 0, raw.FPDFFormObj_CountObjects(thing), inner))
                    break
                yield kind, thing, matrix

    def _image(self, thing: Any, matrix: Matrix) -> None:
        rect = _common(_bounds(thing, matrix), self._frame)
        if rect is None:
            return
        if _thin(rect):
            self.found.rules.append(rect)
            return
        share = (rect[2] - rect[0]) * (rect[3] - rect[1]) / self._area
        self.found.covered = min(1.0, self.found.covered + share)
        self.found.grounds.append(rect)
        if share > _BIG:
            self.found.texts_behind = self.found.texts

    def _path(self, thing: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        count = raw.FPDFPath_CountSegments(thing)
        self.found.segments += max(count, 0)
        filled = fill.value and _shows(raw.FPDFPageObj_GetFillColor, thing)
        if stroke.value and _shows(raw.FPDFPageObj_GetStrokeColor, thing):
            rects = [rect for path in _outlines(thing, count, matrix) for rect in _sides(path)]
        elif not filled:
            return
        elif count <= _FEW_SEGMENTS:
            rects = [_bounds(thing, matrix)]
        else:
            rects = [_extent(path) for path in _outlines(thing, count, matrix)]
            rects += _frames(rects)
        clip = _clip(thing, matrix) if rects else None
        for rect in rects:
            self._shape(rect if clip is None else _common(rect, clip), filled=bool(filled))

    def _shape(self, rect: Rect | None, *, filled: bool) -> None:
        if rect is None:
            return
        width, height = rect[2] - rect[0], rect[3] - rect[1]
        if max(width, height) < _DASH:
            self._dots.append(rect)
        elif _thin(rect):
            self.found.rules.append(rect)
        elif filled and width * height >= _GROUND:
            self.found.grounds.append(rect)


def _thin(rect: Rect) -> bool:
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    return min(width, height) <= _THIN and max(width, height) >= max(_SHORT, 3 * min(width, height))


def _shows(color: Any, thing: Any) -> bool:
    """Neither white nor transparent; a pattern, which has no colour, shows."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not color(thing, red, green, blue, alpha):
        return True
    return bool(alpha.value) and min(red.value, green.value, blue.value) < _WHITE


def _matrix_of(thing: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _multiplied(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _bounds(thing: Any, matrix: Matrix) -> Rect:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    rect = left.value, bottom.value, right.value, top.value
    return rect if matrix is _IDENTITY else _extent([_moved(x, y, matrix) for x in rect[::2] for y in rect[1::2]])


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _extent(points: Iterable[tuple[float, float]]) -> Rect:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _common(one: Rect, other: Rect) -> Rect | None:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def _outlines(thing: Any, count: int, outer: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Points of each subpath, a closed one ending where it began."""
    matrix = _multiplied(_matrix_of(thing), outer)
    yield from _subpaths((raw.FPDFPath_GetPathSegment(thing, at) for at in range(min(count, _SEGMENTS))), matrix)


def _subpaths(segments: Iterable[Any], matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    path: list[tuple[float, float]] = []
    for segment in segments:
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and path:
            yield path
            path = []
        path.append(_moved(x.value, y.value, matrix))
        if raw.FPDFPathSegment_GetClose(segment):
            path.append(path[0])
    if path:
        yield path


def _sides(path: list[tuple[float, float]]) -> Iterator[Rect]:
    """The upright and level pieces of an outline. A curve's control points stand off both, so it has none."""
    for (x, y), (to_x, to_y) in itertools.pairwise(path):
        if min(abs(to_x - x), abs(to_y - y)) <= _STRAIGHT:
            yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def _frames(rects: list[Rect]) -> Iterator[Rect]:
    """The four sides of a border that is filled between an outer and an inner box."""
    for outer, inner in itertools.pairwise(rects):
        margins = [abs(one - other) for one, other in zip(outer, inner, strict=True)]
        if max(margins) <= _THIN and min(inner[2] - inner[0], inner[3] - inner[1]) > _SHORT:
            left, bottom, right, top = outer
            yield left, bottom, inner[0], top
            yield inner[2], bottom, right, top
            yield left, bottom, right, inner[1]
            yield left, inner[3], right, top


def _clip(thing: Any, matrix: Matrix) -> Rect | None:
    """What is left of the page by the boxes that an object is clipped to."""
    path = raw.FPDFPageObj_GetClipPath(thing)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    clip: Rect | None = None
    for at in range(min(count, _DEPTH)):
        segments = raw.FPDFClipPath_CountPathSegments(path, at)
        if 0 < segments <= _FEW_SEGMENTS:
            points = (raw.FPDFClipPath_GetPathSegment(path, at, each) for each in range(segments))
            rect = _extent([point for piece in _subpaths(points, matrix) for point in piece])
            clip = rect if clip is None else _common(clip, rect) or (0.0, 0.0, 0.0, 0.0)
    return clip


def _dotted(dots: list[Rect]) -> Iterator[Rect]:
    """Rows and columns of dots and dashes that stand as close as in a dotted line."""
    for along in (0, 1):
        rows: dict[int, list[Rect]] = defaultdict(list)
        for dot in dots:
            rows[round(dot[1 - along] + dot[3 - along])].append(dot)
        for row in rows.values():
            yield from _strung(sorted(row, key=lambda dot: dot[along]), along)


def _strung(row: list[Rect], along: int) -> Iterator[Rect]:
    string: Rect | None = None
    for dot in row:
        if string is not None and dot[along] - string[along + 2] <= _GAP:
            string = _extent([(string[0], string[1]), (string[2], string[3]), (dot[0], dot[1]), (dot[2], dot[3])])
            continue
        if string is not None and string[along + 2] - string[along] >= _STRING:
            yield string
        string = dot
    if string is not None and string[along + 2] - string[along] >= _STRING:
        yield string
