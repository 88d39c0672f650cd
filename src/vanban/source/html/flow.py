"""Paragraphs and tables of an element, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vanban.labels import read_label
from vanban.source.html.page import hidden

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    {
        *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"),
        *("header", "footer", "main", "aside", "blockquote", "center", "address", "figure", "figcaption", "pre", "hr"),
        *("form", "fieldset", "body", "html", "td", "th", "tr", "tbody", "thead", "caption", "table", "details"),
    }
)
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align\s*:", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_FIXED = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-", "\u2010": "-"})
_DROPPED = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_BREAK = "\v"
"""A line end that is meant, until the blanks are folded."""


@dataclass(frozen=True, slots=True)
class Para:
    text: str
    level: int | None = None
    bold: bool = False
    centred: bool = False


@dataclass(slots=True)
class _Style:
    bold: bool = False
    centred: bool = False
    level: int | None = None
    label: str = ""
    """What a list puts before its item."""


class Flow:
    """What stands in an element. Tables are handed on as they are."""

    def __init__(self, element: HtmlElement) -> None:
        self._element = element

    @cached_property
    def blocks(self) -> list[Para | HtmlElement]:
        return list(_Walk().blocks(self._element))

    def text(self) -> str:
        """Its own paragraphs, one a line."""
        return "\n".join(block.text.strip() for block in self.blocks if isinstance(block, Para) and block.text.strip())

    def tables(self) -> list[HtmlElement]:
        return [block for block in self.blocks if not isinstance(block, Para)]


class _Walk:
    def __init__(self) -> None:
        self._styles = [_Style()]
        self._runs: list[tuple[str, bool]] = []
        self._style = self._styles[0]

    def blocks(self, top: HtmlElement) -> Iterator[Para | HtmlElement]:
        from lxml import etree

        walker = etree.iterwalk(top, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if element is not top and hidden(element):
                    walker.skip_subtree()
                    self._styles.append(self._styles[-1])
                    continue
                if element.tag in _BLOCKS:
                    yield from self._flushed()
                if element.tag == "table" and element is not top:
                    yield element
                    walker.skip_subtree()
                    self._styles.append(self._styles[-1])
                    continue
                self._styles.append(self._styled(element))
                self._say(_BREAK if element.tag == "br" else element.text)
            else:
                if element.tag in _BLOCKS:
                    yield from self._flushed()
                self._styles.pop()
                if element is not top:
                    self._say(element.tail)
        yield from self._flushed()

    def _styled(self, element: HtmlElement) -> _Style:
        above, css = self._styles[-1], element.get("style") or ""
        tag = element.tag
        bold = (above.bold or tag in _BOLD or bool(_HEAVY.search(css))) and not _LIGHT.search(css)
        align = (element.get("align") or "").lower()
        if align or _ALIGNED.search(css):
            centred = align == "center" or bool(_CENTRED.search(css))
        else:
            centred = above.centred or tag == "center"
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else above.level  # noqa: PLR2004
        return _Style(
            bold, centred, level, _item(element) if tag == "li" else "" if tag in {"ul", "ol"} else above.label
        )

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if not self._runs and text.strip():
            self._style = self._styles[-1]
        self._runs.append((text, self._styles[-1].bold))

    def _flushed(self) -> Iterator[Para]:
        runs, self._runs = self._runs, []
        text = _BLANK.sub(" ", "".join(text for text, _ in runs))
        lines = [line.strip(" ") for line in _DROPPED.sub("", text).translate(_FIXED).split(_BREAK)]
        said = "\n".join(line for line in lines if line.strip())
        if not said:
            return
        style = self._style
        if style.label:
            said = said if read_label(said) else style.label + said
            for one in self._styles:
                if one is style:
                    one.label = ""
            style.label = ""
        bold = all(heavy for text, heavy in runs if text.strip())
        yield Para(said, style.level, bold, style.centred)


def _item(element: HtmlElement) -> str:
    """`- ` or the number of an item, as the list would show it."""
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    said = element.get("value") or parent.get("start") or ""
    first = int(said) if said.isdecimal() and len(said) < 6 else 1  # noqa: PLR2004 - nonsense otherwise
    number = (
        first if element.get("value") else first + sum(one.tag == "li" for one in element.itersiblings(preceding=True))
    )
    kind = parent.get("type") or "1"
    if kind in {"a", "A"} and number <= 26:  # noqa: PLR2004 - letters of the alphabet
        return f"{chr(ord(kind) + number - 1)}) "
    return f"{number}. "
