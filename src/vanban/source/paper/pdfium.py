"""PDFium as the reader of PDF uses it: opening, the geometry of a page, and its picture.

Loaded only when a PDF is read: the library is large.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from vanban.errors import Locked
from vanban.source.paper.page import Box, Rule
from vanban.source.paper.picture import DPI, Picture
from vanban.source.refusals import unreadable

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in a page's own space."""
A4 = (595.0, 842.0)
_PIXELS = 25_000_000
"""A page is rendered no larger: A3 at 300 dpi has 17 million."""
_POINTS = 72


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of the library called with plain numbers for addresses: several times as fast, for every letter."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_PAGE_AND_LETTER = (ctypes.c_void_p, ctypes.c_int)
text_object_at = _quick(raw.FPDFText_GetTextObject, ctypes.c_void_p, *_PAGE_AND_LETTER)
"""Address of the text object that drew a letter, as a number: quick to compare, and a key."""
is_generated = _quick(raw.FPDFText_IsGenerated, ctypes.c_int, *_PAGE_AND_LETTER)
"""1 for a blank that was not drawn."""
_origin = _quick(raw.FPDFText_GetCharOrigin, ctypes.c_int, *_PAGE_AND_LETTER, ctypes.c_void_p, ctypes.c_void_p)
_loose_box = _quick(raw.FPDFText_GetLooseCharBox, ctypes.c_int, *_PAGE_AND_LETTER, ctypes.c_void_p)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Raises Locked and Unreadable."""
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if raw.FPDF_GetLastError() in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise Locked
        raise unreadable("pdf_broken")
    try:
        yield document
    finally:
        raw.FPDF_CloseDocument(document)


@contextmanager
def loaded(document: Any, number: int) -> Iterator[Any]:
    """A page by its number from 1; None where it is broken."""
    page = raw.FPDF_LoadPage(document, number - 1)
    try:
        yield page or None
    finally:
        if page:
            raw.FPDF_ClosePage(page)


@contextmanager
def text_page(page: Any) -> Iterator[Any]:
    """None where the library finds it cannot read the page's text."""
    text = raw.FPDFText_LoadPage(page)
    try:
        yield text or None
    finally:
        if text:
            raw.FPDFText_ClosePage(text)


@dataclass(frozen=True, slots=True)
class View:
    """From a page's own space (y up, any origin) to the page as it is shown, turned clockwise by so many quarters."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.turn == 0:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.turn == 1:
            return Box(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.turn == 2:  # noqa: PLR2004 - quarters
            return Box(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return Box(self.top - top, self.right - right, self.top - bottom, self.right - left)

    def rule(self, left: float, bottom: float, right: float, top: float) -> Rule | None:
        """The line along the middle of a long thin box, cut at the page's edges; None where nothing is left of it."""
        box = self.box(left, bottom, right, top)
        across = box.right - box.left >= box.bottom - box.top
        if across:
            at, start, end = (box.top + box.bottom) / 2, max(box.left, 0.0), min(box.right, self.width)
        else:
            at, start, end = (box.left + box.right) / 2, max(box.top, 0.0), min(box.bottom, self.height)
        inside = 0 <= at <= (self.height if across else self.width)
        return Rule(across, at, start, end) if inside and end > start else None

    def turned(self, quarters: int) -> View:
        return View(self.left, self.bottom, self.right, self.top, (self.turn + quarters) % 4)


def view_of(page: Any) -> View | None:
    """None for a page without area."""
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        return None
    view = View(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page) % 4)
    return view if view.width > 1 and view.height > 1 else None


def picture_of(page: Any, view: View, number: int, *, dpi: int = DPI, notes: bool = False) -> Picture | None:
    """The page as `view` shows it, with its annotations if asked; None where there is no memory for it."""
    scale = min(dpi / _POINTS, (_PIXELS / (view.width * view.height)) ** 0.5)
    columns, rows = max(1, round(view.width * scale)), max(1, round(view.height * scale))
    bitmap = raw.FPDFBitmap_CreateEx(columns, rows, raw.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        return None
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        turn = (view.turn - raw.FPDFPage_GetRotation(page)) % 4
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, turn, raw.FPDF_ANNOT if notes else 0)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        held = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * rows)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    line = 3 * columns
    pixels = held if stride == line else b"".join(held[at : at + line] for at in range(0, stride * rows, stride))
    return Picture(number, view.width, view.height, columns, rows, pixels)


def text_of(page: Any, count: int) -> str:
    """One letter for each that PDFium counts."""
    held = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(page, 0, count, held)
    text = bytes(held)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(page, at) for at in range(count))
    return "".join("\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) for code in codes)  # noqa: PLR2004 - surrogates


def address(page: Any) -> int:
    """Of a page or a text page, for the quick functions."""
    return ctypes.cast(page, ctypes.c_void_p).value or 0


def boxes_of(page: int, count: int) -> list[float]:
    """Left, top, right, bottom of each letter of a text page, one after another."""
    boxes = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(boxes)
    for at in range(count):
        _loose_box(page, at, start + 16 * at)
    return list(boxes)


def origin_of(page: int, letter: int) -> tuple[float, float]:
    """Where a letter of a text page stands on its base line."""
    held = (ctypes.c_double * 2)()
    start = ctypes.addressof(held)
    _origin(page, letter, start, start + 8)
    return held[0], held[1]
