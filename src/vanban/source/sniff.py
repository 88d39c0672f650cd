"""What the bytes are, whatever the file is called."""

from __future__ import annotations

from typing import Literal

from vanban.errors import Locked
from vanban.source.refusals import LEXICON, unreadable

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PDF = b"%PDF-"
PDF_WITHIN = 1024
"""Bytes before it that readers of PDF put up with (ISO 32000-1, Annex H)."""
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
"""JPEG, PNG and TIFF."""
RTF = b"{\\rtf"
WORD = "WordDocument"
"""The stream that an old Word file has."""


def sniff(data: bytes) -> Literal["package", "pdf", "picture", "doc", "rtf", "text"]:
    """A ZIP package, a PDF, a picture of a page, an old Word file, RTF, or what may be text.

    Everything else is refused by name.

    Raises Unreadable (with what it really is) and Locked.
    """
    if data.startswith(ZIP):
        return "package"
    if PDF in data[:PDF_WITHIN]:
        return "pdf"
    if data.startswith(PICTURES):
        return "picture"
    if data.startswith(RTF):
        return "rtf"
    if data.startswith(OLE):
        _refuse_ole(data)
        return "doc"
    for known in LEXICON["signature"]:
        if _signed(data, known):
            raise unreadable(known["reason"], kind=known.get("kind", ""))
    return "text"


def markup(text: str) -> bool:
    """Whether a text is really a web page, saved by itself or with its parts. Raises Unreadable for other XML."""
    beginning = text[:1000].lstrip("\ufeff \t\r\n").casefold()
    if beginning.startswith("<?xml") and "<!doctype html" not in beginning and "<html" not in beginning:
        raise unreadable("xml")
    if any(beginning.startswith(known["text"]) for known in LEXICON["opening"]):
        return True
    return beginning.startswith(tuple(LEXICON["fragment"]["openings"])) and "</" in text


def _signed(data: bytes, known: dict[str, str | int]) -> bool:
    magic = bytes.fromhex(str(known["hex"]))
    if "within" in known:
        return magic in data[: int(known["within"])]
    at = int(known.get("at", 0))
    return data[at : at + len(magic)] == magic


def _refuse_ole(data: bytes) -> None:
    """Office before 2007, and the wrapper that Office puts round an encrypted package."""
    for stream in LEXICON["stream"]:
        if str(stream["name"]).encode("utf-16-le") in data:
            raise Locked if stream["reason"] == "locked" else unreadable(stream["reason"])
    if WORD.encode("utf-16-le") not in data:
        raise unreadable("ole")
