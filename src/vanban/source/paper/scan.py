"""The child that sees: `python -m vanban.source.paper.scan TESSDATA`.

On standard input come lines "pixels COLUMNS ROWS" with the pixels behind (blue, green, red), or "file LENGTH MOST" with
a picture file behind. The answer on standard output is the number of pages, and for each page the length of a JSON, a
line end and the JSON. The page is straightened, seals and signatures in colour are
taken out, ruling is found and taken out; each ruled cell is recognised for itself, then what stands outside the tables.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import msgspec
import numpy as np
import tesserocr

from vanban.fold import nfc
from vanban.source.paper.page import Page, Rule
from vanban.source.paper.picture import DPI
from vanban.source.paper.recognise import Found, Seen
from vanban.source.paper.ruled import grids

_LEAN = 5.0
"""Degrees that a page may lean."""
_LEAST_LEAN = 0.1
_LEVEL, _UPRIGHT = 70, 45
"""Pixels of 200 dpi: what is straight for longer is ruling, and no letter."""
_SPECK = 12
"""Pixels: less ink that hangs together is dirt."""
_TINGED, _COLOURED = 20, 60
"""Saturation, of 255: of ink that is no black, at its edges and within."""
_LIT = 140
"""Of 255, the strongest channel: coloured ink has more, black print beneath it less."""
_CONTRAST = 60
"""Between the darkest and the lightest pixel: an empty cell has less."""
_INSET = 3
_BORDER = 14
"""White around a cell: Tesseract reads no letters at an edge."""
_ROOM = 8
_ONE_LINE = 45 + 2 * _ROOM
"""Ink of a cell lower than this is one line."""
_TALL = 2.2
"""Of its words' height: a line higher than this has drawn in something else, and lends its words no height."""
_STROKES = re.compile(r"[-–—_=~.]+$")
_WIDE = 6.0
_BULLETS = ("-", "–", "+")
_SLASHES = str.maketrans("⁄∕", "//")
_LONG_SIDE = 2339
_SMALLEST = 400
"""Pixels of the long side."""
_POINT = 72 / DPI


def main() -> None:
    out = sys.stdout.buffer
    with tesserocr.PyTessBaseAPI(path=sys.argv[1], lang="vie", psm=tesserocr.PSM.AUTO) as reader:
        reader.SetVariable("tessedit_do_invert", "0")
        while head := sys.stdin.buffer.readline():
            kind, first, second = head.split()
            pictures = _pixels(int(first), int(second)) if kind == b"pixels" else _file(int(first), int(second))
            out.write(f"{len(pictures)}\n".encode())
            out.flush()
            for picture in pictures:
                body = msgspec.json.encode(see(picture, reader))
                out.write(f"{len(body)}\n".encode() + body)
                out.flush()


def _pixels(columns: int, rows: int) -> list[Any]:
    return [np.frombuffer(sys.stdin.buffer.read(3 * columns * rows), np.uint8).reshape(rows, columns, 3)]


def _file(size: int, most: int) -> list[Any]:
    """The pictures in a file, each as large as a page of 200 dpi; none where they are too small to hold letters."""
    data = np.frombuffer(sys.stdin.buffer.read(size), np.uint8)
    pictures: Sequence[Any]
    try:
        if data[:2].tobytes() in {b"II", b"MM"}:
            pictures = cv2.imdecodemulti(data, cv2.IMREAD_COLOR, range=(0, most))[1]
        else:
            pictures = [cv2.imdecode(data, cv2.IMREAD_COLOR)]
    except cv2.error:
        return []
    return [_sized(picture) for picture in pictures if picture is not None and max(picture.shape) >= _SMALLEST]


def _sized(picture: Any) -> Any:
    """As large as an A4 page is at 200 dpi: a photograph states no size that could be believed."""
    scale = _LONG_SIDE / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)


def see(picture: Any, reader: Any) -> Seen:
    """Words and ruling of one page, as it stands when straightened."""
    grey = _without_colour(picture)
    lean = _lean(grey)
    if abs(lean) >= _LEAST_LEAN:
        grey = _turned(grey, lean)
    else:
        lean = 0.0
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    level, upright = _ruling(ink)
    rules = [*_rules(level, across=True), *_rules(upright, across=False)]
    grey[(level | upright) > 0] = 255
    rows, columns = grey.shape
    return Seen(list(_words(grey, rules, reader)), rules, lean, columns, rows)


def _without_colour(picture: Any) -> Any:
    """Grey, with red seals and blue signatures made white; black print beneath them stays dark in every channel."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    saturation = cv2.cvtColor(picture, cv2.COLOR_BGR2HSV)[:, :, 1]
    strongest = picture.max(axis=2)
    grey = np.where(saturation > _TINGED, strongest, grey)
    return np.where((saturation > _COLOURED) & (strongest > _LIT), 255, grey).astype(np.uint8)


def _lean(grey: Any) -> float:
    """Degrees, from the long straight lines of the page, or else from the lines of print."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    best, angle = -1.0, 0.0
    low = cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    for step, reach in ((1.0, _LEAN), (0.25, 1.0), (0.05, 0.25)):
        centre = angle
        for turn in np.arange(centre - reach, centre + reach + step / 2, step):
            rows = _turned(low, float(turn), white=0).sum(axis=1, dtype=np.float64)
            sharp = float(((rows[1:] - rows[:-1]) ** 2).sum())
            if sharp > best:
                best, angle = sharp, float(turn)
    return angle


def _turned(image: Any, degrees: float, *, white: int = 255) -> Any:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=white)


def _ruling(ink: Any) -> tuple[Any, Any]:
    """Pixels of level and of upright lines."""
    # A thin line wavers between two rows of pixels: thickened, it is whole in one of them.
    level = cv2.morphologyEx(cv2.dilate(ink, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, _LEVEL), np.uint8))
    upright = cv2.morphologyEx(
        cv2.dilate(ink, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, np.ones((_UPRIGHT, 1), np.uint8)
    )
    level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, _LEVEL), np.uint8))
    upright = cv2.morphologyEx(upright, cv2.MORPH_CLOSE, np.ones((_UPRIGHT, 1), np.uint8))
    return level, upright


def _rules(lines: Any, *, across: bool) -> list[tuple[bool, float, float, float]]:
    found = []
    _, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    for left, top, width, height, _ in boxes[1:]:
        if across and width >= 2 * height:
            found.append((True, float(top + height / 2), float(left), float(left + width)))
        elif not across and height >= 2 * width:
            found.append((False, float(left + width / 2), float(top), float(top + height)))
    return found


def _words(clean: Any, rules: Sequence[tuple[bool, float, float, float]], reader: Any) -> Iterator[Found]:
    """The cells of ruled tables one by one, then the page without them."""
    rest = clean.copy()
    height, width = clean.shape
    ruling = tuple(Rule(across, at * _POINT, start * _POINT, end * _POINT) for across, at, start, end in rules)
    for grid in grids(Page(1, width * _POINT, height * _POINT, (), ruling, scanned=True)):
        for cell in grid.cells:
            sides = (cell.box.left, cell.box.top, cell.box.right, cell.box.bottom)
            left, top, right, bottom = (round(side / _POINT) for side in sides)
            inside = clean[top + _INSET : bottom - _INSET, left + _INSET : right - _INSET]
            yield from _moved(_cell(inside, reader), left + _INSET, top + _INSET)
            rest[top:bottom, left:right] = 255
    reader.SetPageSegMode(tesserocr.PSM.AUTO)
    yield from _recognised(rest, reader)


def _cell(inside: Any, reader: Any) -> Iterator[Found]:
    if not inside.size:
        return
    box = _ink(inside)
    if box is None:
        return
    left, top, right, bottom = box
    line = bottom - top < _ONE_LINE
    edge = _BORDER - _ROOM
    framed = cv2.copyMakeBorder(
        inside[top:bottom, left:right], edge, edge, _BORDER, _BORDER, cv2.BORDER_CONSTANT, value=255
    )
    reader.SetPageSegMode(tesserocr.PSM.SINGLE_LINE if line else tesserocr.PSM.SINGLE_BLOCK)
    yield from _moved(_recognised(framed, reader), left - _BORDER, top - edge)


def _ink(inside: Any) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of what is written; None where only dirt is."""
    ink = cv2.threshold(inside, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    if int(inside.max()) - int(inside.min()) < _CONTRAST:
        return None
    boxes = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    kept = boxes[boxes[:, 4] >= _SPECK]
    if not len(kept):
        return None
    low, high = kept[:, :2].min(axis=0), (kept[:, :2] + kept[:, 2:4]).max(axis=0)
    # The dot below a vowel is no larger than dirt: room for it below the last line, as for the marks above the first.
    top, bottom = max(0, int(low[1]) - _ROOM), min(inside.shape[0], int(high[1]) + _ROOM)
    return int(low[0]), top, int(high[0]), bottom


def _moved(found: Iterator[Found], across: float, down: float) -> Iterator[Found]:
    for text, left, top, right, bottom, sure in found:
        yield text, left + across, top + down, right + across, bottom + down, sure


def _recognised(grey: Any, reader: Any) -> Iterator[Found]:
    """Words of one line get the line's top and bottom: their boxes agree, whatever their letters."""
    height, width = grey.shape
    if _ink(grey) is None:
        return
    reader.SetImageBytes(np.ascontiguousarray(grey).tobytes(), width, height, 1, width)
    reader.SetSourceResolution(DPI)
    reader.Recognize()
    found = reader.GetIterator()
    if found is None:
        return
    line: list[Found] = []
    for word in tesserocr.iterate_level(found, tesserocr.RIL.WORD):
        if word.Empty(tesserocr.RIL.WORD):
            continue
        if word.IsAtBeginningOf(tesserocr.RIL.TEXTLINE):
            yield from _levelled(line)
            line = []
        text = (word.GetUTF8Text(tesserocr.RIL.WORD) or "").strip().translate(_SLASHES)
        box = word.BoundingBox(tesserocr.RIL.WORD)
        if text and box and (box[3] - box[1]) * (box[2] - box[0]) >= _SPECK:
            left, top, right, bottom = map(float, box)
            line.append((nfc(text), left, top, right, bottom, float(word.Confidence(tesserocr.RIL.WORD))))
    yield from _levelled(line)


def _levelled(line: list[Found]) -> Iterator[Found]:
    line = [word for word in line if not _is_drawn(word)]
    if not line:
        return
    top, bottom = min(word[2] for word in line), max(word[4] for word in line)
    if bottom - top > _TALL * statistics.median(word[4] - word[2] for word in line):
        yield from line
        return
    for word in line:
        for text, left, _, right, _, sure in _apart(word):
            yield text, left, top, right, bottom, sure


def _apart(word: Found) -> Iterator[Found]:
    """Two words whose blank was too narrow to be seen ("BộY", "-Các"): the place of each by its number of letters."""
    text, left, top, right, bottom, sure = word
    wide = (right - left) / len(text)
    start = 0
    for at in (*(at for at in range(1, len(text)) if _runs_together(text[:at], text[at])), len(text)):
        yield text[start:at], left + wide * start, top, left + wide * at, bottom, sure
        start = at


def _runs_together(before: str, letter: str) -> bool:
    """A bullet and a letter, or a syllable with its mark and a capital: no word of the language is written so."""
    if before in _BULLETS:
        return letter.isalpha()
    return letter.isupper() and before[-1].islower() and not before[-1].isascii()


def _is_drawn(word: Found) -> bool:
    """A line drawn beneath a heading, taken for letters."""
    text, left, top, right, bottom, _ = word
    return bool(_STROKES.match(text)) and right - left > _WIDE * (bottom - top)


if __name__ == "__main__":
    main()
