"""What a paragraph's style says for it: heading level, list, bold, centred, hidden (inherited through basedOn)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanban.source.docx.names import number, switch, value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9
_DEEP = 20
"""A chain of basedOn longer than this is a circle."""


@dataclass(frozen=True, slots=True)
class Style:
    level: int | None = None
    list_id: str | None = None
    depth: int = 0
    bold: bool | None = None
    centred: bool | None = None
    hidden: bool | None = None


class Styles:
    """Styles by id, each resolved once."""

    def __init__(self, root: _Element | None) -> None:
        nodes = [] if root is None else root.findall(w("style"))
        self._nodes = {str(node.get(w("styleId"))): node for node in nodes}
        self._default = next((str(node.get(w("styleId"))) for node in nodes if _is_default_paragraph(node)), None)
        self._known: dict[str | None, Style] = {None: Style()}

    def paragraph(self, style_id: str | None) -> Style:
        return self._resolve(style_id or self._default, 0)

    def character(self, style_id: str | None) -> Style:
        return self._resolve(style_id, 0)

    def _resolve(self, style_id: str | None, distance: int) -> Style:
        if style_id not in self._known:
            node = self._nodes.get(style_id or "")
            if node is None or distance > _DEEP:
                return Style()
            self._known[style_id] = _read(node, self._resolve(value(node, "basedOn"), distance + 1))
        return self._known[style_id]


def _is_default_paragraph(node: _Element) -> bool:
    return node.get(w("type")) == "paragraph" and node.get(w("default"), "0") in {"1", "true"}


def _read(node: _Element, base: Style) -> Style:
    paragraph, run = node.find(w("pPr")), node.find(w("rPr"))
    list_id, depth = list_of(paragraph)
    bold, hidden, aligned = switch(run, "b"), switch(run, "vanish"), value(paragraph, "jc")
    return Style(
        level=level_of(paragraph) or _level_by_name(node) or base.level,
        list_id=list_id if list_id is not None else base.list_id,
        depth=depth if list_id is not None else base.depth,
        bold=base.bold if bold is None else bold,
        centred=base.centred if aligned is None else aligned == "center",
        hidden=base.hidden if hidden is None else hidden,
    )


def list_of(properties: _Element | None) -> tuple[str | None, int]:
    """List id and depth that a pPr states. List "0" takes a paragraph out of its style's list."""
    node = None if properties is None else properties.find(w("numPr"))
    return value(node, "numId"), min(8, max(0, number(node, "ilvl")))


def level_of(properties: _Element | None) -> int | None:
    level = number(properties, "outlineLvl", _BODY_LEVEL)
    return level + 1 if 0 <= level < _BODY_LEVEL else None


def _level_by_name(node: _Element) -> int | None:
    match = _HEADING.fullmatch(value(node, "name") or "")
    return int(match[1]) if match else None
