"""Words that stand on a PDF page as annotations: typed notes and filled-in fields. A signature's appearance is none."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from vanban.fold import nfc
from vanban.source.paper.page import Box, Word
from vanban.source.paper.pdfium import View

_NOTES = 2_000
_LETTERS = 10_000
_HEIGHT = 14.0
"""Points: no line of a note is taken to be higher."""
_UNSEEN = 0x02 | 0x20
"""Flags: hidden, not viewed."""
_KEYS = {raw.FPDF_ANNOT_FREETEXT: b"Contents", raw.FPDF_ANNOT_WIDGET: b"V"}


def notes_of(page: Any, view: View) -> Iterator[Word]:
    """Each word has its share of the note's box: where exactly a letter stands is not told."""
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), _NOTES)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        try:
            key = _KEYS.get(raw.FPDFAnnot_GetSubtype(note))
            if key is None or raw.FPDFAnnot_GetFlags(note) & _UNSEEN:
                continue
            rect = raw.FS_RECTF()
            text = _string(note, key)
            if text.strip() and raw.FPDFAnnot_GetRect(note, rect):
                yield from _spread(text, view.box(rect.left, rect.bottom, rect.right, rect.top))
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _string(note: Any, key: bytes) -> str:
    if raw.FPDFAnnot_GetValueType(note, key) != raw.FPDF_OBJECT_STRING:
        return ""
    size = min(raw.FPDFAnnot_GetStringValue(note, key, None, 0), 2 * _LETTERS)
    held = (ctypes.c_ushort * (size // 2 + 1))()
    if raw.FPDFAnnot_GetStringValue(note, key, held, size) > size:
        return ""
    return nfc(bytes(held)[: max(0, size - 2)].decode("utf-16-le", "replace"))


def _spread(text: str, box: Box) -> Iterator[Word]:
    lines = [line for line in text.splitlines() if line.strip()]
    height = min(_HEIGHT, (box.bottom - box.top) / len(lines))
    longest = max(map(len, lines))
    step = (box.right - box.left) / longest
    for row, line in enumerate(lines):
        at = 0
        for word in line.split():
            at = line.index(word, at)
            left, top = box.left + at * step, box.top + row * height
            at += len(word)
            yield Word(word, Box(left, top, left + len(word) * step, top + height))
