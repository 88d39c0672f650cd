"""What the bytes are, whatever the file is called."""

from __future__ import annotations

from typing import Literal

from vanban.errors import Locked
from vanban.source.refusals import LEXICON, unreadable

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def sniff(data: bytes) -> Literal["package", "text"]:
    """A ZIP package or what may be text. Everything else is refused by name.

    Raises Unreadable (with what it really is) and Locked.
    """
    if data.startswith(ZIP):
        return "package"
    if data.startswith(OLE):
        _refuse_ole(data)
    for known in LEXICON["signature"]:
        if _signed(data, known):
            raise unreadable(known["reason"], kind=known.get("kind", ""))
    return "text"


def refuse_markup(text: str) -> None:
    """Raises Unreadable where a text is really a web page or XML."""
    beginning = text[:1000].lstrip("\ufeff \t\r\n").casefold()
    for known in LEXICON["opening"]:
        if beginning.startswith(known["text"]):
            raise unreadable(known["reason"])


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
    raise unreadable("ole")
