"""Names of WordprocessingML, as lxml writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF = frozenset({"0", "false", "off", "none"})


def w(name: str) -> str:
    return f"{{{_MAIN}}}{name}"


VAL = w("val")


def value(parent: _Element | None, name: str) -> str | None:
    """The `w:val` of a child."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(VAL)


def number(parent: _Element | None, name: str, default: int = 0) -> int:
    """The `w:val` of a child as a whole number; what is no number counts as absent."""
    text = value(parent, name)
    return int(text) if text is not None and text.lstrip("-").isdecimal() and len(text) < 10 else default  # noqa: PLR2004


def switch(parent: _Element | None, name: str) -> bool | None:
    """A child that switches something on (`<w:b/>`) or off (`<w:b w:val="0"/>`); None where it is not there."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(VAL, "1") not in _OFF
