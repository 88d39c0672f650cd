"""What a PDF's fonts tell of the letters drawn in them: bold, slanting, or the codes of an old font."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from vanban.source.encodings import Legacy, legacy_of

_BOLD = 600
_FORCE_BOLD = 1 << 18
_ITALIC = 1 << 6
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,]b(?:i|d)?$", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|[-,]b?i$", re.IGNORECASE)
_OLD_NAME = re.compile(r"\.Vn|VNI-")
_UNICODE_LETTER = re.compile("[\u0100-\u1fff]")
_SUBSET = re.compile(r"^[A-Z]{6}\+")


@dataclass(frozen=True, slots=True)
class Font:
    name: str
    bold: bool
    italic: bool


class Fonts:
    """What is known of a document's fonts, from page to page."""

    def __init__(self) -> None:
        self.legacy: dict[str, Legacy] = {}
        self._described: dict[str, Font] = {}

    def of(self, thing: Any) -> Font:
        handle = raw.FPDFTextObj_GetFont(thing)
        held = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(handle, held, len(held))
        name = _SUBSET.sub("", held.value.decode("utf-8", "replace"))
        flags = raw.FPDFFont_GetFlags(handle)
        weight = raw.FPDFFont_GetWeight(handle)
        known = self._described.get(name)
        if known is None:
            bold = bool(_BOLD_NAME.search(name)) or weight >= _BOLD or bool(max(flags, 0) & _FORCE_BOLD)
            italic = bool(_ITALIC_NAME.search(name)) or bool(max(flags, 0) & _ITALIC)
            known = self._described[name] = Font(name, bold, italic)
        return known

    def learn(self, name: str, text: str) -> None:
        """Whether a font's letters are codes of an old font, by its name or by what it says, once that is known."""
        if name in self.legacy or text.isascii():
            return
        if _OLD_NAME.match(name) and not _UNICODE_LETTER.search(text):
            self.legacy[name] = "vni" if name.startswith("VNI") else "tcvn3"
            return
        legacy = legacy_of(text)
        if legacy:
            self.legacy[name] = legacy
