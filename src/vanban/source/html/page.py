"""Which part of a page is the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vanban.fold import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOTTO = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam|doc lap ?[-–—] ?tu do ?[-–—] ?hanh phuc"
)
_MOST = 0.6
"""Of the text that is no link: what the document makes of a page."""
DROPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "title", "nav", "button", "select", "option", "textarea"),
        *("iframe", "object", "embed", "svg", "canvas", "audio", "video", "input", "del", "map", "datalist", "dialog"),
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


def hidden(element: HtmlElement) -> bool:
    """Not shown, or the page's own machinery."""
    if not isinstance(element.tag, str) or element.tag in DROPPED:
        return True
    style = element.get("style")
    return "hidden" in element.attrib or bool(style and _HIDDEN.search(style))


def document_of(root: HtmlElement) -> HtmlElement:
    """The element to be read. Linear."""
    body = root.find("body")
    top = body if body is not None else root
    weights, motto = _weighed(top)
    enough = max(1.0, _MOST * weights[top])
    if motto is not None:
        found = motto
        while found is not top and weights.get(found, 0) < enough:
            found = found.getparent()
        return found
    found = top
    while (heavy := next((child for child in found if weights.get(child, 0) >= enough), None)) is not None:
        if heavy.tag in {"table", "tbody", "thead", "tr", "td", "p", "ul", "ol"}:
            break
        found = heavy
    return found


def _weighed(top: HtmlElement) -> tuple[dict[HtmlElement, int], HtmlElement | None]:
    """Characters of text in each element, links not counted; and the first element that holds the motto."""
    from lxml import etree

    weights: dict[HtmlElement, int] = {}
    motto: HtmlElement | None = None
    sums = [0]
    linked = 0
    walker = etree.iterwalk(top, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            sums.append(0)
            if hidden(element):
                walker.skip_subtree()
                continue
            linked += element.tag == "a"
            text = element.text or ""
            if not linked:
                sums[-1] += len(text.strip())
            if motto is None and text and _MOTTO.search(fold(" ".join(text.split()))):
                motto = element
        else:
            own = sums.pop()
            weights[element] = own
            linked -= element.tag == "a" and not hidden(element)
            tail = element.tail or ""
            sums[-1] += own + (0 if linked else len(tail.strip()))
            if motto is None and tail and element is not top and _MOTTO.search(fold(" ".join(tail.split()))):
                motto = element.getparent()
    return weights, motto
